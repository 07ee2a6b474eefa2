"""Hidden checks of robust_losses."""

import loss_inputs as inputs
import loss_judges as judged
import mae_inputs
import pytest
from loss_inputs import ask, ask_small, every_kind, every_kind_small, kinds_in_turn


@pytest.fixture
def losses(mse, huber, log_cosh, quantile):
    """Each loss with the parameters it is asked with where its input rules are checked."""
    return [(loss, inputs.PARAMETERS[loss.name]) for loss in (mse, huber, log_cosh, quantile)]


@pytest.mark.points(1)
def test_mse_agrees_with_the_definition(mse, agree):
    """mse is the mean of the squared residuals"""
    agree(mse, on=mae_inputs.plain_pairs, small=mae_inputs.small_lists, judge=judged.value)


@pytest.mark.points(1.5)
def test_huber_agrees_with_the_definition(huber, agree):
    """huber is quadratic up to delta and linear beyond it, for any delta"""
    agree(huber, on=inputs.huber_pairs, small=inputs.small_huber, judge=judged.value)


@pytest.mark.points(1)
def test_log_cosh_agrees_with_the_definition(log_cosh, agree):
    """log_cosh is the mean of log(cosh(r))"""
    agree(log_cosh, on=inputs.gradient_pairs, small=mae_inputs.small_lists, judge=judged.value_near_zero)


@pytest.mark.points(0.5)
def test_log_cosh_does_not_overflow(log_cosh, agree):
    """log_cosh is right where cosh overflows, up to residuals of a million"""
    agree(log_cosh, on=inputs.far_pairs, small=inputs.small_far, judge=judged.value_near_zero)


@pytest.mark.points(1.5)
def test_quantile_agrees_with_the_definition(quantile, agree):
    """quantile weighs too small predictions by tau and too large ones by 1 - tau"""
    agree(quantile, on=inputs.quantile_pairs, small=inputs.small_quantile, judge=judged.value)


@pytest.mark.points(0.5)
def test_gradient_of_mse(loss_grad, agree):
    """the gradient of mse with respect to y_hat"""
    small = ask_small(mae_inputs.small_lists, "mse")
    agree(loss_grad, on=ask(inputs.gradient_pairs, "mse"), small=small, judge=judged.gradient)


@pytest.mark.points(0.75)
def test_gradient_of_huber(loss_grad, agree):
    """the gradient of huber with respect to y_hat, for any delta; delta is 1.0 where it is not given"""
    small = inputs.small_huber_gradient
    agree(loss_grad, on=inputs.huber_gradients, small=small, judge=judged.gradient)


@pytest.mark.points(0.5)
def test_gradient_of_log_cosh(loss_grad, agree):
    """the gradient of log_cosh with respect to y_hat, near 0 and far from it"""
    small = ask_small(mae_inputs.small_lists, "log_cosh")
    agree(loss_grad, on=ask(inputs.gradient_pairs, "log_cosh"), small=small, judge=judged.gradient)
    small = ask_small(inputs.small_far, "log_cosh")
    agree(loss_grad, on=ask(inputs.far_pairs, "log_cosh"), small=small, judge=judged.gradient)


@pytest.mark.points(0.5)
def test_gradient_of_mae(loss_grad, agree):
    """the gradient of mae with respect to y_hat; any subgradient where the prediction is exact"""
    small = ask_small(mae_inputs.small_lists, "mae")
    agree(loss_grad, on=ask(inputs.kinked_pairs, "mae"), small=small, judge=judged.gradient)


@pytest.mark.points(0.75)
def test_gradient_of_quantile(loss_grad, agree):
    """the gradient of quantile with respect to y_hat; any subgradient where the prediction is exact"""
    small = inputs.small_quantile_gradient
    agree(loss_grad, on=inputs.quantile_gradients, small=small, judge=judged.gradient)


@pytest.mark.points(0.5)
def test_losses_take_any_array_like(losses, agree):
    """lists, scalars, arrays of any real dtype and layout: all become float64 before they are subtracted"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_arrays, **parameters)
        agree(loss, on=ask(inputs.array_likes, **parameters), small=small, judge=judged.value_near_zero)


@pytest.mark.points(0.5)
def test_losses_refuse_different_shapes(losses, agree):
    """no loss broadcasts: different shapes are a ValueError"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_mismatched, **parameters)
        agree(loss, on=ask(inputs.mismatched, **parameters), small=small, judge=judged.refusal)


@pytest.mark.points(0.25)
def test_gradient_refuses_different_shapes(loss_grad, agree):
    """nor does loss_grad"""
    small = every_kind_small(mae_inputs.small_mismatched)
    agree(loss_grad, on=kinds_in_turn(inputs.mismatched), small=small, judge=judged.refusal)


@pytest.mark.points(0.25)
def test_arguments_are_left_alone(losses, loss_grad, agree):
    """the caller's arrays and lists are not changed"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_owned, **parameters)
        on = ask(inputs.owned, **parameters)
        agree(loss, on=on, small=small, judge=judged.rough_value, unchanged=True)
    small = every_kind_small(mae_inputs.small_owned)
    agree(loss_grad, on=every_kind(inputs.owned), small=small, judge=judged.gradient, unchanged=True)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_both_shapes_are_named(losses, loss_grad, agree):
    """the message about different shapes names both of them"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_mismatched, **parameters)
        agree(loss, on=ask(inputs.named, **parameters), small=small, judge=judged.naming_refusal)
    small = every_kind_small(mae_inputs.small_mismatched)
    agree(loss_grad, on=kinds_in_turn(inputs.named), small=small, judge=judged.naming_refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_nan_and_infinity_are_seen(losses, agree):
    """NaN in, NaN out; one infinite residual makes a loss infinite; inf - inf is NaN"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_not_finite, **parameters)
        agree(loss, on=ask(mae_inputs.not_finite, **parameters), small=small, judge=judged.rough_value)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_empty_input_is_refused(losses, loss_grad, agree):
    """the mean of nothing is a ValueError, and so is its gradient"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_empty, **parameters)
        agree(loss, on=ask(inputs.empty, **parameters), small=small, judge=judged.refusal)
    small = every_kind_small(mae_inputs.small_empty)
    agree(loss_grad, on=kinds_in_turn(inputs.empty), small=small, judge=judged.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_complex_input_is_refused(losses, loss_grad, agree):
    """complex numbers are a TypeError, in either argument"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_complex, **parameters)
        agree(loss, on=ask(inputs.complex_numbers, **parameters), small=small, judge=judged.refusal)
    small = every_kind_small(mae_inputs.small_complex)
    agree(loss_grad, on=kinds_in_turn(inputs.complex_numbers), small=small, judge=judged.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_delta_must_be_positive(huber, loss_grad, agree):
    """a delta of 0 or less is a ValueError, in huber and in its gradient"""
    for function, kind in ((huber, ()), (loss_grad, ("huber",))):
        bad = "delta", (0, -1e-6, -1), *kind
        small = inputs.bad_parameter_small(*bad)
        agree(function, on=inputs.bad_parameter(*bad), small=small, judge=judged.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_tau_must_lie_between_0_and_1(quantile, loss_grad, agree):
    """a tau outside (0, 1) is a ValueError, in quantile and in its gradient; 0 and 1 are outside"""
    for function, kind in ((quantile, ()), (loss_grad, ("quantile",))):
        bad = "tau", (0, 1, -0.1, 1.1), *kind
        small = inputs.bad_parameter_small(*bad)
        agree(function, on=inputs.bad_parameter(*bad), small=small, judge=judged.refusal)


@pytest.mark.points(0.25)
@pytest.mark.edge
def test_another_kind_is_refused(loss_grad, agree):
    """a kind that is none of the five is a ValueError"""
    agree(loss_grad, on=inputs.other_kinds, small=inputs.small_other_kinds, judge=judged.refusal)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_gradient_is_a_float64_array(loss_grad, agree):
    """the gradient is a float64 array of the shape of y, whatever the dtype of the input"""
    small = inputs.small_gradient_dtypes
    agree(loss_grad, on=inputs.gradient_dtypes, small=small, judge=judged.gradient_and_type)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_losses_are_floats(losses, agree):
    """each loss is a Python float (np.float64 is one)"""
    for loss, parameters in losses:
        small = ask_small(mae_inputs.small_lists, **parameters)
        agree(loss, on=ask(inputs.single_answers, **parameters), small=small, judge=judged.value_and_type)
