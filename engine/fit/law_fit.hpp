#pragma once
// Laws fitted to a sample by censored maximum likelihood: sum of ln f over the exact values plus sum of ln S
// over the censored ones (Lawless, "Statistical Models and Methods for Lifetime Data", ch. 2,
// 5).

#include "engine/fit/censored_sample.hpp"
#include "engine/random/generalized_pareto.hpp"
#include "engine/random/lognormal.hpp"
#include "engine/random/spliced.hpp"
#include "engine/random/weibull.hpp"

namespace hedgerow::fit {

/// Covariance matrix of two estimates: the inverse of the observed information.
struct Covariance {
  double first = 0.0;   ///< variance of the first
  double cross = 0.0;   ///< their covariance
  double second = 0.0;  ///< variance of the second
};

/// A law with the parameters that make the sample most likely.
template <class Law>
struct LawFit {
  Law law;
  double log_likelihood = 0.0;
  int parameters = 0;  ///< how many were fitted
  Covariance covariance;

  /// Akaike's information criterion; of two laws for one sample the lower is the better (Akaike 1974).
  double aic() const { return 2.0 * (parameters - log_likelihood); }
};

using LognormalFit = LawFit<random::Lognormal>;  ///< covariance of (ln median, ln sigma)
using WeibullFit = LawFit<random::Weibull>;      ///< covariance of (ln shape, ln scale)
/// Covariance of (tail_index, ln scale).
using GeneralizedParetoFit = LawFit<random::GeneralizedPareto>;

/// Each throws InvalidInput where the sample cannot tell the parameters: a value out of range, fewer than two
/// different exact values (exponential: none), or a maximum outside of what the law allows.
LognormalFit fit_lognormal(const CensoredSample& sample);
WeibullFit fit_weibull(const CensoredSample& sample);
/// As a Weibull law of shape 1; only the variance of ln scale is not 0.
WeibullFit fit_exponential(const CensoredSample& sample);

/// Excesses over a threshold. The maximum is sought among tail indices in (-0.5, 2): below, the likelihood is
/// unbounded or its errors are not normal (Smith 1985; Grimshaw 1993 for the search in one dimension).
GeneralizedParetoFit fit_generalized_pareto(const CensoredSample& excesses);

/// A body up to a threshold and a generalized Pareto tail above it. With the threshold fixed the likelihood
/// falls apart: the body sees what lies above as censored there, the tail sees the excesses; so both maxima
/// are exact. The probability of the body is the body's own below the threshold.
template <class Body>
struct SplicedFit {
  LawFit<Body> body;
  GeneralizedParetoFit tail;
  double threshold;  ///< [unit of X]
  random::Spliced<Body> law;

  double log_likelihood() const { return body.log_likelihood + tail.log_likelihood; }
  double aic() const { return body.aic() + tail.aic(); }
};
SplicedFit<random::Lognormal> fit_spliced_lognormal(const CensoredSample& sample, double threshold);
SplicedFit<random::Weibull> fit_spliced_weibull(const CensoredSample& sample, double threshold);

}  // namespace hedgerow::fit
