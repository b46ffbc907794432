#include "engine/random/batch.hpp"

#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"

// Highway compiles this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/random/batch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace hedgerow::random::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR  // without vectors the scalar reference does it all

std::size_t uniforms(std::uint64_t, std::uint64_t, double*, std::size_t) { return 0; }
std::size_t normal_quantiles(double*, std::size_t) { return 0; }

#else

namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::ScalableTag<std::uint64_t>;
using Doubles = hn::ScalableTag<double>;
using Word = hn::Vec<Words>;
using Double = hn::Vec<Doubles>;

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

std::size_t uniforms(std::uint64_t key, std::uint64_t path, double* HWY_RESTRICT out, std::size_t count) {
  const Words d;
  const Doubles f;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t done = 0;
  for (; done + 2 * lanes <= count; done += 2 * lanes) {
    Block block{hn::Set(d, path & 0xffffffffULL), hn::Set(d, path >> 32),
                hn::Iota(d, static_cast<std::uint64_t>(done / 2)), hn::Zero(d)};
    block.encrypt(key);
    hn::StoreInterleaved2(uniform_from(block.c0, block.c1), uniform_from(block.c2, block.c3), f, out + done);
  }
  return done;
}

template <std::size_t N>
HWY_INLINE Double polynomial(const std::array<double, N>& ascending, Double x) {
  const Doubles f;
  Double sum = hn::Set(f, ascending[N - 1]);
  for (std::size_t i = N - 1; i-- > 0;) sum = hn::Add(hn::Mul(sum, x), hn::Set(f, ascending[i]));
  return sum;
}

/// The central approximation of AS241 for all lanes; the few lanes in the tails are done one by one.
std::size_t normal_quantiles(double* HWY_RESTRICT values, std::size_t count) {
  const Doubles f;
  const std::size_t lanes = hn::Lanes(f);
  std::size_t done = 0;
  for (; done + lanes <= count; done += lanes) {
    const Double u = hn::LoadU(f, values + done);
    const Double centred = hn::Sub(u, hn::Set(f, 0.5));
    const Double x = hn::Sub(hn::Set(f, 0.180625), hn::Mul(centred, centred));
    const Double score = hn::Mul(centred, hn::Div(polynomial(detail::normal_centre.numerator, x),
                                                  polynomial(detail::normal_centre.denominator, x)));
    const auto tail = hn::Gt(hn::Abs(centred), hn::Set(f, 0.425));
    if (hn::AllFalse(f, tail)) {
      hn::StoreU(score, f, values + done);
      continue;
    }
    HWY_ALIGN double scores[HWY_MAX_BYTES / sizeof(double)];
    hn::Store(score, f, scores);
    for (std::size_t i = 0; i < lanes; ++i) {
      const double uniform = values[done + i];
      values[done + i] = std::abs(uniform - 0.5) > 0.425 ? normal_quantile(uniform) : scores[i];
    }
  }
  return done;
}

#endif

const char* target() { return hwy::TargetName(HWY_TARGET); }

}  // namespace hedgerow::random::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace hedgerow::random {

HWY_EXPORT(uniforms);
HWY_EXPORT(normal_quantiles);
HWY_EXPORT(target);

void uniform_batch(std::uint64_t key, std::uint64_t path, std::span<double> out) {
  std::size_t done = HWY_DYNAMIC_DISPATCH(uniforms)(key, path, out.data(), out.size());
  for (; done < out.size(); ++done) out[done] = uniform_at(key, path, static_cast<std::uint32_t>(done));
}

void normal_quantile_batch(std::span<double> values) {
  std::size_t done = HWY_DYNAMIC_DISPATCH(normal_quantiles)(values.data(), values.size());
  for (; done < values.size(); ++done) values[done] = normal_quantile(values[done]);
}

const char* batch_target() { return HWY_DYNAMIC_DISPATCH(target)(); }

}  // namespace hedgerow::random
#endif  // HWY_ONCE
