#include "engine/fit/law_fit.hpp"

namespace hedgerow::fit {
namespace {

template <class Body>
SplicedFit<Body> spliced(const LawFit<Body>& body, const CensoredSample& sample, double threshold) {
  const GeneralizedParetoFit tail = fit_generalized_pareto(excesses_over(sample, threshold));
  return {body, tail, threshold, random::Spliced<Body>(body.law, body.law.cdf(threshold), tail.law)};
}

}  // namespace

SplicedFit<random::Lognormal> fit_spliced_lognormal(const CensoredSample& sample, double threshold) {
  return spliced(fit_lognormal(censored_at(sample, threshold)), sample, threshold);
}

SplicedFit<random::Weibull> fit_spliced_weibull(const CensoredSample& sample, double threshold) {
  return spliced(fit_weibull(censored_at(sample, threshold)), sample, threshold);
}

}  // namespace hedgerow::fit
