#include "engine/random/batch.hpp"

#include <algorithm>

#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/random/batch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/base/lanes.inc"

HWY_BEFORE_NAMESPACE();
namespace hedgerow::random::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR  // without vectors the scalar reference does it all

std::size_t uniforms(std::uint64_t, std::uint64_t, double*, std::size_t) { return 0; }
std::size_t uniform_pairs(std::uint64_t, std::uint64_t, const std::uint32_t*, double*, std::size_t) {
  return 0;
}
std::size_t normal_quantiles(double*, std::size_t) { return 0; }

#else

namespace hn = hwy::HWY_NAMESPACE;

using hedgerow::HWY_NAMESPACE::Double;
using hedgerow::HWY_NAMESPACE::Doubles;
using hedgerow::HWY_NAMESPACE::in_vectors;
using hedgerow::HWY_NAMESPACE::most_lanes;
using hedgerow::HWY_NAMESPACE::polynomial;
using Words = hn::ScalableTag<std::uint64_t>;
using Word = hn::Vec<Words>;

/// Product of the low 32 bits of every lane, in 64 bits.
Word multiply(Word a, Word b) {
  const hn::RepartitionToNarrow<Words> halves;
  return hn::MulEven(hn::BitCast(halves, a), hn::BitCast(halves, b));
}

/// Philox4x32-10 (Salmon et al. 2011, sec. 3.3) of as many counters as there are lanes; every 32-bit word
/// stands in a lane of 64.
struct Block {
  Word c0, c1, c2, c3;

  HWY_INLINE void round(Word k0, Word k1) {
    const Words d;
    const Word low = hn::Set(d, 0xffffffffULL);
    const Word first = multiply(hn::Set(d, 0xD2511F53ULL), c0);
    const Word second = multiply(hn::Set(d, 0xCD9E8D57ULL), c2);
    c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(second), c1), k0);
    c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(first), c3), k1);
    c1 = hn::And(second, low);
    c3 = hn::And(first, low);
  }

  HWY_INLINE void encrypt(std::uint64_t key) {
    const Words d;
    auto k0 = static_cast<std::uint32_t>(key), k1 = static_cast<std::uint32_t>(key >> 32);
    for (int i = 0; i < 10; ++i) {
      round(hn::Set(d, k0), hn::Set(d, k1));
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
  }
};

/// (top 52 bits + 1/2) / 2^52 without rounding: the bits become the fraction of a number in [1, 2).
HWY_INLINE Double uniform_from(Word low, Word high) {
  const Words d;
  const Doubles f;
  const Word bits = hn::Or(hn::ShiftLeft<32>(high), low);
  const Word mantissa = hn::Or(hn::ShiftRight<12>(bits), hn::Set(d, 0x3ff0000000000000ULL));
  return hn::Add(hn::Sub(hn::BitCast(f, mantissa), hn::Set(f, 1.0)), hn::Set(f, 0x1p-53));
}

/// Stores the draws of one vector of pairs, alternating.
HWY_INLINE void store_pairs(std::uint64_t key, std::uint64_t path, Word pairs, double* HWY_RESTRICT out) {
  const Words d;
  Block block{hn::Set(d, path & 0xffffffffULL), hn::Set(d, path >> 32), pairs, hn::Zero(d)};
  block.encrypt(key);
  hn::StoreInterleaved2(uniform_from(block.c0, block.c1), uniform_from(block.c2, block.c3), Doubles(), out);
}

/// What does not fill a vector is made in a full one all the same: one by one, each would cost as much.
std::size_t uniforms(std::uint64_t key, std::uint64_t path, double* HWY_RESTRICT out, std::size_t count) {
  const Words d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t done = 0;
  for (; done + 2 * lanes <= count; done += 2 * lanes)
    store_pairs(key, path, hn::Iota(d, static_cast<std::uint64_t>(done / 2)), out + done);
  if (done == count) return done;
  HWY_ALIGN double rest[2 * most_lanes];
  store_pairs(key, path, hn::Iota(d, static_cast<std::uint64_t>(done / 2)), rest);
  std::copy_n(rest, count - done, out + done);
  return count;
}

std::size_t uniform_pairs(std::uint64_t key, std::uint64_t path, const std::uint32_t* HWY_RESTRICT pairs,
                          double* HWY_RESTRICT out, std::size_t count) {
  const Words d;
  const hn::Rebind<std::uint32_t, Words> narrow;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t done = 0;
  for (; done + lanes <= count; done += lanes)
    store_pairs(key, path, hn::PromoteTo(d, hn::LoadU(narrow, pairs + done)), out + 2 * done);
  if (done == count) return done;
  HWY_ALIGN std::uint32_t last[most_lanes] = {};
  HWY_ALIGN double rest[2 * most_lanes];
  std::copy_n(pairs + done, count - done, last);
  store_pairs(key, path, hn::PromoteTo(d, hn::Load(narrow, last)), rest);
  std::copy_n(rest, 2 * (count - done), out + 2 * done);
  return count;
}

/// The central approximation of AS241 for all lanes; the few lanes in the tails are done one by one.
HWY_INLINE void replace_by_scores(double* HWY_RESTRICT values) {
  const Doubles f;
  const Double centred = hn::Sub(hn::LoadU(f, values), hn::Set(f, 0.5));
  const Double x = hn::Sub(hn::Set(f, 0.180625), hn::Mul(centred, centred));
  const Double score = hn::Mul(centred, hn::Div(polynomial(detail::normal_centre.numerator, x),
                                                polynomial(detail::normal_centre.denominator, x)));
  const auto tail = hn::Gt(hn::Abs(centred), hn::Set(f, 0.425));
  if (hn::AllFalse(f, tail)) return hn::StoreU(score, f, values);
  HWY_ALIGN double scores[most_lanes];
  hn::Store(score, f, scores);
  for (std::size_t i = 0; i < hn::Lanes(f); ++i)
    values[i] = std::abs(values[i] - 0.5) > 0.425 ? normal_quantile(values[i]) : scores[i];
}

std::size_t normal_quantiles(double* HWY_RESTRICT values, std::size_t count) {
  return in_vectors(values, count, 0.5, [](double* some) HWY_ATTR { replace_by_scores(some); });
}

#endif

const char* target() { return hwy::TargetName(HWY_TARGET); }

}  // namespace hedgerow::random::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace hedgerow::random {

HWY_EXPORT(uniforms);
HWY_EXPORT(uniform_pairs);
HWY_EXPORT(normal_quantiles);
HWY_EXPORT(target);

void uniform_batch(std::uint64_t key, std::uint64_t path, std::span<double> out) {
  std::size_t done = HWY_DYNAMIC_DISPATCH(uniforms)(key, path, out.data(), out.size());
  for (; done < out.size(); ++done) out[done] = uniform_at(key, path, static_cast<std::uint32_t>(done));
}

void uniform_pair_batch(std::uint64_t key, std::uint64_t path, std::span<const std::uint32_t> pairs,
                        std::span<double> out) {
  HEDGEROW_EXPECT(out.size() == 2 * pairs.size());
  std::size_t done = HWY_DYNAMIC_DISPATCH(uniform_pairs)(key, path, pairs.data(), out.data(), pairs.size());
  for (; done < pairs.size(); ++done)
    for (std::uint32_t i = 0; i < 2; ++i) out[2 * done + i] = uniform_at(key, path, 2 * pairs[done] + i);
}

void normal_quantile_batch(std::span<double> values) {
  std::size_t done = HWY_DYNAMIC_DISPATCH(normal_quantiles)(values.data(), values.size());
  for (; done < values.size(); ++done) values[done] = normal_quantile(values[done]);
}

const char* batch_target() { return HWY_DYNAMIC_DISPATCH(target)(); }

}  // namespace hedgerow::random
#endif  // HWY_ONCE
