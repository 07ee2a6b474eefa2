"""Exports are read back by readers that know nothing of how they were written.

GIFT is read by the rules that Moodle documents for it (docs.moodle.org/en/GIFT_format); Moodle XML by
moodle-xml-parser, as far as it goes, and by a strict reader here; QTI from the XML in its zip file.
"""

import base64
import html
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from winnow.course import Course, Module
from winnow.quiz import bank, export, variants
from winnow.quiz.export.html import html as as_html
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import QuizError

ROOT = Path(__file__).parents[2]
MODULES = ("m02_na_groups", "m05_losses", "m06_mlp")
SALT = variants.public_salt(b"tests")
COURSE = Course(ROOT, "A course", tuple(Module(module, module, ()) for module in MODULES))
PNG = b"\x89PNG\r\n\x1a\n"


def parts_of(kind, question, *, matching_whole):
    """How many questions of a platform come of one of ours."""
    if kind == "ordering" or (kind == "matching" and not matching_whole):
        return len(question.choices)
    return 1


def expected_count(module, **options):
    return sum(parts_of(question.kind, question, **options) for question in bank.quiz(COURSE, module).questions)


@dataclass
class Read:
    """A question as a platform would know it; `answers` are (text, per cent, feedback)."""

    name: str
    text: str
    kind: str
    answers: list = field(default_factory=list)
    pairs: list = field(default_factory=list)
    general: str = ""


def exported(module, to, folder):
    return export.export(COURSE, module, to, folder, salt=SALT)


# GIFT


def gift_split(text, separators):
    """Split at the separators that are not escaped, keeping each separator with what follows it."""
    pieces, current, position = [], "", 0
    while position < len(text):
        if text[position] == "\\":
            current += text[position : position + 2]
            position += 2
        elif text[position] in separators:
            pieces.append(current)
            current = text[position]
            position += 1
        else:
            current += text[position]
            position += 1
    return [*pieces, current]


def gift_plain(text):
    return re.sub(r"\\(n|[\\~=#{}:])", lambda match: "\n" if match[1] == "n" else match[1], text).strip()


def gift_answer(piece):
    sign, rest = piece[0], piece[1:].strip()
    percent = 100.0 if sign == "=" else 0.0
    if match := re.match(r"%(-?[\d.]+)%", rest):
        percent = float(match[1])
        rest = rest[match.end() :]
    text, *feedback = gift_split(rest, "#")
    return text, percent, gift_plain(feedback[0][1:]) if feedback else ""


def read_gift(text):
    read = []
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith("$CATEGORY:"):
            assert "\n" not in block
            continue
        match = re.fullmatch(r"::((?:\\.|[^:\\])*)::\[html\]((?:\\.|[^{}\\])*)\{((?:\\.|[^{}\\])*)\}", block, re.DOTALL)
        assert match, block
        name, stem, body = match.groups()
        body, _, general = body.partition("####")
        numeric = body.startswith("#")
        first, *pieces = gift_split(body.removeprefix("#"), "=~")
        assert not first.strip(), first
        answers = [gift_answer(piece) for piece in pieces]
        question = Read(gift_plain(name), gift_plain(stem), "", general=gift_plain(general))
        if all("->" in text for text, _, _ in answers):
            question.kind = "matching"
            question.pairs = [tuple(gift_plain(side) for side in text.split("->")) for text, _, _ in answers]
        else:
            signs = {piece[0] for piece in pieces}
            question.kind = "numeric" if numeric else "text" if signs == {"="} else "choice"
            question.answers = [(gift_plain(text), percent, why) for text, percent, why in answers]
        read.append(question)
    return read


# Moodle XML


def read_moodle(content):
    root = ET.fromstring(content)
    assert root.tag == "quiz"
    read = []
    for node in root:
        assert node.tag == "question"
        kind = node.get("type")
        if kind == "category":
            assert node.findtext("category/text").startswith("$course$/")
            continue
        question = Read(node.findtext("name/text"), node.findtext("questiontext/text"), kind)
        question.general = node.findtext("generalfeedback/text")
        assert node.find("questiontext").get("format") == "html"
        assert float(node.findtext("defaultgrade")) > 0
        for file in node.iterfind("questiontext/file"):
            assert f"@@PLUGINFILE@@/{file.get('name')}" in question.text
            assert base64.b64decode(file.text, validate=True).startswith(PNG)
        for answer in node.iterfind("answer"):
            question.answers.append(
                (answer.findtext("text"), float(answer.get("fraction")), answer.findtext("feedback/text"))
            )
        for pair in node.iterfind("subquestion"):
            question.pairs.append((pair.findtext("text") or "", pair.findtext("answer/text")))
        assert kind in {"multichoice", "matching", "numerical", "shortanswer"}
        read.append(question)
    return read


# QTI

NAMESPACE = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


def read_qti(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    manifest = archive.read("imsmanifest.xml").decode()
    (name,) = [
        entry
        for entry in archive.namelist()
        if entry.endswith(".xml") and "imsmanifest" not in entry and "meta" not in entry
    ]
    assert name in manifest
    read = []
    for item in ET.fromstring(archive.read(name)).iterfind(".//q:item", NAMESPACE):
        labels = [label.text for label in item.iterfind(".//q:fieldlabel", NAMESPACE)]
        entries = [entry.text for entry in item.iterfind(".//q:fieldentry", NAMESPACE)]
        metadata = dict(zip(labels, entries, strict=True))
        stem = item.find("q:presentation/q:material/q:mattext", NAMESPACE).text
        question = Read(item.get("title"), stem, metadata["question_type"])
        texts = {
            label.get("ident"): label.findtext(".//q:mattext", None, NAMESPACE)
            for label in item.iterfind(".//q:response_label", NAMESPACE)
        }
        feedback = {
            node.get("ident"): node.findtext(".//q:mattext", None, NAMESPACE)
            for node in item.iterfind("q:itemfeedback", NAMESPACE)
        }
        for condition in item.iterfind(".//q:respcondition", NAMESPACE):
            if condition.find("q:setvar", NAMESPACE) is None:
                continue
            refused = {node.text for node in condition.iterfind(".//q:not/q:varequal", NAMESPACE)}
            right = [node.text for node in condition.iterfind(".//q:varequal", NAMESPACE) if node.text not in refused]
            bounds = [condition.findtext(f".//q:var{side}", None, NAMESPACE) for side in ("gte", "lte")]
            question.answers += [(texts.get(ident, ident), 100.0, feedback.get(f"{ident}_fb", "")) for ident in right]
            question.pairs += [tuple(map(float, bounds))] if bounds[0] else []
        question.general = texts
        read.append(question)
    return read, archive


@pytest.mark.parametrize("module", MODULES)
def test_gift_is_read_back(module, tmp_path):
    read = read_gift(exported(module, "gift", tmp_path).read_text(encoding="utf-8"))
    assert len(read) == expected_count(module, matching_whole=True)
    assert_graded_as_the_key_says(module, {question.name: question for question in read})


@pytest.mark.parametrize("module", MODULES)
def test_moodle_xml_is_read_back(module, tmp_path):
    read = read_moodle(exported(module, "moodle-xml", tmp_path).read_bytes())
    assert len(read) == expected_count(module, matching_whole=True)
    assert_graded_as_the_key_says(module, {question.name: question for question in read})


def assert_graded_as_the_key_says(module, read):
    quiz = bank.quiz(COURSE, module)
    keys = bank.keys(COURSE, quiz)
    for question in quiz.questions:
        key = keys[question.id]
        values = variants.draw(question, variants.CLASS, SALT)
        best = KINDS[question.kind].best(question, key, values)
        name = question.id.replace("_", " ")
        if question.kind == "ordering":
            for number, label in enumerate(question.choices, start=1):
                (right,) = [text for text, percent, _ in read[f"{name} {number}"].answers if percent == 100]
                assert int(right) == sum(then == label for _, then in key.pairs)
            continue
        found = read[name]
        assert found.general
        if question.kind == "matching":
            assert len([left for left, _ in found.pairs if left]) == len(question.choices)
            assert {right for _, right in found.pairs} == set(question.matches.values())
            for left, right in zip(question.choices, best.values(), strict=True):
                (pair,) = [pair for pair in found.pairs if pair[1] == question.matches[right]]
                assert re.sub(r"\W|code", "", html.unescape(pair[0])) == re.sub(r"\W", "", question.choices[left])
            continue
        assert all(why for _, _, why in found.answers)
        right = [text for text, percent, _ in found.answers if percent > 0]
        if question.kind == "numeric":
            assert float(right[0].split(":")[0]) == pytest.approx(best)
            assert len(found.answers) == 1 + len(key.wrong)
        elif question.kind in ("short", "output"):
            assert right == list(key.accepted)
        else:
            assert len(found.answers) == len(question.choices)
            assert len(right) == len(key.right)
            assert sum(percent for _, percent, _ in found.answers if percent > 0) == pytest.approx(100, abs=1e-3)
            if question.kind == "multiple":
                assert sum(percent for _, percent, _ in found.answers) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("module", MODULES)
def test_moodle_xml_is_read_by_another_parser_too(module, tmp_path):
    parser = pytest.importorskip("moodle_xml_parser.parser")
    read = parser.parse_file(str(exported(module, "moodle-xml", tmp_path)))["multichoice"]
    own = [
        question
        for question in read_moodle((tmp_path / f"{module}.xml").read_bytes())
        if question.kind == "multichoice"
    ]
    assert [question.name for question in read] == [question.name for question in own]
    for theirs, ours in zip(read, own, strict=True):
        assert [option.score_fraction for option in theirs.options] == [percent for _, percent, _ in ours.answers]
        assert all(option.feedback for option in theirs.options)
        assert theirs.single == (len([1 for option in theirs.options if option.score_fraction > 0]) == 1)


@pytest.mark.parametrize("module", MODULES)
def test_qti_is_read_back(module, tmp_path):
    read, _ = read_qti(exported(module, "qti", tmp_path).read_bytes())
    assert len(read) == expected_count(module, matching_whole=False)
    quiz = bank.quiz(COURSE, module)
    keys = bank.keys(COURSE, quiz)
    by_name = {question.name: question for question in read}
    for question in quiz.questions:
        key = keys[question.id]
        values = variants.draw(question, variants.CLASS, SALT)
        best = KINDS[question.kind].best(question, key, values)
        found = by_name.get(question.id.replace("_", " "))
        if question.kind == "numeric":
            (low, high), *_ = found.pairs or [(float(found.answers[0][0]),) * 2]
            assert low <= best <= high
            assert high - low <= 2 * key.tolerance + 1e-3
            assert found.kind == "numerical_question"
        elif question.kind in ("short", "output"):
            assert [html.unescape(text) for text, _, _ in found.answers] == list(key.accepted)
        elif question.kind in ("single", "multiple"):
            assert len(found.general) == len(question.choices)
            assert len(found.answers) == len(key.right)
            assert all(why for _, _, why in found.answers)
        elif question.kind == "matching":
            for number in range(1, len(question.choices) + 1):
                part = by_name[f"{question.id.replace('_', ' ')} {number}"]
                assert len(part.general) == len(question.matches)
                assert len(part.answers) == 1


def test_formulas_are_kept_everywhere(tmp_path):
    formula = r"p(y) \propto \exp(-|y - \hat y|)"
    gift = {
        question.name: question for question in read_gift(exported("m05_losses", "gift", tmp_path).read_text("utf-8"))
    }
    assert rf"\({formula}\)" in [left for left, _ in gift["loss of a likelihood"].pairs]
    display = r"\[\frac{1}{n} \sum_{i=1}^{n} |y_i - \hat y_i|\]"
    assert display in gift["mae by hand"].text
    moodle = {
        question.name: question for question in read_moodle(exported("m05_losses", "moodle-xml", tmp_path).read_bytes())
    }
    assert rf"\({formula}\)" in [left for left, _ in moodle["loss of a likelihood"].pairs]
    assert display in moodle["mae by hand"].text
    read, _ = read_qti(exported("m05_losses", "qti", tmp_path).read_bytes())
    texts = " ".join(question.text for question in read)
    assert f'data-equation-content="{formula}"' in html.unescape(texts)
    assert "\\frac{1}{n}" in html.unescape(texts)


def test_the_image_is_kept_everywhere(tmp_path):
    picture = (ROOT / "exercises" / "m05_losses" / "gradients.png").read_bytes()
    gift = read_gift(exported("m05_losses", "gift", tmp_path).read_text(encoding="utf-8"))
    (text,) = [question.text for question in gift if "<img" in question.text]
    assert base64.b64decode(re.search(r'src="data:image/png;base64,([^"]+)"', text)[1], validate=True) == picture
    moodle = ET.fromstring(exported("m05_losses", "moodle-xml", tmp_path).read_bytes())
    (file,) = moodle.iterfind(".//questiontext/file")
    assert base64.b64decode(file.text, validate=True) == picture
    read, archive = read_qti(exported("m05_losses", "qti", tmp_path).read_bytes())
    (name,) = [entry for entry in archive.namelist() if entry.endswith(".png")]
    assert archive.read(name) == picture
    (text,) = [question.text for question in read if "gradients.png" in question.text]
    assert "%24IMS-CC-FILEBASE%24/images/gradients.png" in text
    assert name in archive.read("imsmanifest.xml").decode()


def test_numbers_are_filled_in(tmp_path):
    for to in export.FORMATS:
        content = exported("m05_losses", to, tmp_path).read_bytes()
        if to == "qti":
            content = " ".join(question.text for question in read_qti(content)[0]).encode()
        assert b"[[" not in content


def test_gift_keeps_its_control_characters_as_text():
    text = "a = b ~ c # d {e} f: g\\h\n\nnew -> line"
    assert gift_plain(export.gift.escaped(text)) == text
    assert "\n" not in export.gift.escaped(text)


def test_an_unknown_format_names_those_there_are(tmp_path):
    with pytest.raises(QuizError, match="no export to pdf; there are qti, gift, moodle-xml"):
        exported("m05_losses", "pdf", tmp_path)


def test_an_export_needs_the_key(tmp_path):
    (tmp_path / "exercises").symlink_to(ROOT / "exercises")
    with pytest.raises(QuizError, match=r"solutions/m05_losses/quiz.toml cannot be read"):
        export.export(Course(tmp_path, "A bundle", COURSE.modules), "m05_losses", "gift", tmp_path, salt=SALT)


def test_a_dollar_in_code_is_no_formula():
    assert as_html("`tapply(df$v, df$k, sum)` and $x^2$", inline=True) == (
        r"<code>tapply(df$v, df$k, sum)</code> and \(x^2\)"
    )
