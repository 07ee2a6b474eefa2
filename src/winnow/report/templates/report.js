"use strict";
const table = document.querySelector("#everybody");
const body = table.tBodies[0];
const said = document.querySelector("#said");
const value = (row, column) => {
  const cell = row.cells[column];
  const number = parseFloat(cell.dataset.v ?? cell.textContent);
  return column === 0 ? cell.textContent.trim() : Number.isNaN(number) ? -1 : number;
};
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const sort = (header) => {
  const column = header.cellIndex;
  const before = header.getAttribute("aria-sort");
  const ascending = before ? before === "descending" : column === 0;
  const keyed = [...body.rows].map((row) => [value(row, column), row]);
  keyed.sort(([a], [b]) => (column === 0 ? names.compare(a, b) : a - b) * (ascending ? 1 : -1));
  body.append(...keyed.map(([, row]) => row));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  said.textContent = `Sorted by ${header.textContent.trim()}, ${ascending ? "ascending" : "descending"}`;
};
for (const header of table.tHead.rows[0].cells) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...header.childNodes);
  button.addEventListener("click", () => sort(header));
  header.append(button);
}
const find = document.querySelector("#find");
find.closest("p").hidden = false;
find.addEventListener("input", () => {
  const wanted = find.value.trim().toLowerCase();
  let shown = 0;
  for (const row of body.rows) {
    row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
    shown += !row.hidden;
  }
  said.textContent = `${shown} shown`;
});
const heads = table.tHead.rows[0].cells;
table.addEventListener("mouseover", ({ target }) => {
  const cell = target.closest("tbody td");
  if (cell && !cell.title) cell.title = `${cell.parentNode.cells[0].textContent.trim()}, ${heads[cell.cellIndex].textContent.trim()}: ${cell.textContent.trim()}`;
});
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not(.rarer)")) details.open = true;
});
