#include "engine/base/power.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/base/power.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/base/lanes.inc"

HWY_BEFORE_NAMESPACE();
namespace hedgerow::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR  // without vectors the scalar reference does it all

std::size_t powers(double*, std::size_t, double) { return 0; }
std::size_t exponentials(double*, std::size_t) { return 0; }

#else

using Wholes = hn::ScalableTag<std::int64_t>;

HWY_INLINE Double scaled_exp(Double t, Double shifted) {
  const Doubles f;
  const Wholes w;
  const Double growth = hn::Add(hn::Mul(polynomial(detail::exp_series, t), t), hn::Set(f, 1.0));
  const auto n = hn::Sub(hn::BitCast(w, shifted), hn::BitCast(w, hn::Set(f, detail::to_whole)));
  const auto scale = hn::ShiftLeft<52>(hn::Add(n, hn::Set(w, std::int64_t{1023})));
  return hn::Mul(growth, hn::BitCast(f, scale));
}

/// Operation by operation what power() does; the few lanes beyond its limits are done one by one.
HWY_INLINE void replace_by_powers(double* HWY_RESTRICT values, double exponent) {
  using namespace detail;
  const Doubles f;
  const Wholes w;
  const Double one = hn::Set(f, 1.0), whole_shift = hn::Set(f, to_whole);
  const auto shift_bits = hn::BitCast(w, whole_shift);
  const Double x = hn::LoadU(f, values);
  const auto bits = hn::BitCast(w, x);
  const auto above_root = hn::Sub(bits, hn::Set(w, root_bits));
  const auto whole_bits = hn::Add(hn::ShiftRight<52>(above_root), shift_bits);
  const Double whole = hn::Sub(hn::BitCast(f, whole_bits), whole_shift);
  const Double m = hn::BitCast(f, hn::Sub(bits, hn::And(above_root, hn::Set(w, exponent_bits))));
  const Double s = hn::Div(hn::Sub(m, one), hn::Add(m, one)), z = hn::Mul(s, s);
  const Double series = hn::Add(hn::Mul(polynomial(log_series, z), z), one);
  const Double log2_m = hn::Mul(hn::Mul(hn::Add(s, s), series), hn::Set(f, inverse_ln_2));
  const Double y = hn::Mul(hn::Add(whole, log2_m), hn::Set(f, exponent));
  const Double shifted = hn::Add(y, whole_shift);
  const Double t = hn::Mul(hn::Sub(y, hn::Sub(shifted, whole_shift)), hn::Set(f, ln_2));
  const Double result = scaled_exp(t, shifted);
  const auto inside = hn::And(hn::And(hn::Ge(x, hn::Set(f, 0x1p-1000)), hn::Le(x, hn::Set(f, 0x1p1000))),
                              hn::Le(hn::Abs(y), hn::Set(f, power_limit)));
  if (hn::AllTrue(f, inside)) return hn::StoreU(result, f, values);
  for (std::size_t i = 0; i < hn::Lanes(f); ++i) values[i] = power(values[i], exponent);
}

HWY_INLINE void replace_by_exponentials(double* HWY_RESTRICT values) {
  using namespace detail;
  const Doubles f;
  const Double x = hn::LoadU(f, values), whole_shift = hn::Set(f, to_whole);
  const Double shifted = hn::Add(hn::Mul(x, hn::Set(f, inverse_ln_2)), whole_shift);
  const Double n = hn::Sub(shifted, whole_shift);
  const Double t = hn::Sub(hn::Sub(x, hn::Mul(n, hn::Set(f, ln_2_high))), hn::Mul(n, hn::Set(f, ln_2_low)));
  const Double result = scaled_exp(t, shifted);
  if (hn::AllTrue(f, hn::Le(hn::Abs(x), hn::Set(f, exp_limit)))) return hn::StoreU(result, f, values);
  for (std::size_t i = 0; i < hn::Lanes(f); ++i) values[i] = exponential(values[i]);
}

std::size_t powers(double* HWY_RESTRICT values, std::size_t count, double exponent) {
  return in_vectors(values, count, 1.0,
                    [exponent](double* some) HWY_ATTR { replace_by_powers(some, exponent); });
}

std::size_t exponentials(double* HWY_RESTRICT values, std::size_t count) {
  return in_vectors(values, count, 1.0, [](double* some) HWY_ATTR { replace_by_exponentials(some); });
}

#endif

}  // namespace hedgerow::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace hedgerow {

HWY_EXPORT(powers);
HWY_EXPORT(exponentials);

void power_batch(std::span<double> values, double exponent) {
  std::size_t done = HWY_DYNAMIC_DISPATCH(powers)(values.data(), values.size(), exponent);
  for (; done < values.size(); ++done) values[done] = power(values[done], exponent);
}

void exponential_batch(std::span<double> values) {
  std::size_t done = HWY_DYNAMIC_DISPATCH(exponentials)(values.data(), values.size());
  for (; done < values.size(); ++done) values[done] = exponential(values[done]);
}

}  // namespace hedgerow
#endif  // HWY_ONCE
