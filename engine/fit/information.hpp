#pragma once
// From the second derivatives of a log-likelihood to the covariance of its estimates.

#include "engine/base/check.hpp"
#include "engine/fit/law_fit.hpp"

namespace hedgerow::fit {

/// Second derivatives of a log-likelihood in two parameters, summed over a sample.
struct SecondDerivatives {
  double first = 0.0, cross = 0.0, second = 0.0;
};

/// The inverse of the observed information. @throws InvalidInput where the log-likelihood is not strictly
/// concave there, so that there is no maximum.
inline Covariance covariance_of(const SecondDerivatives& d) {
  const double determinant = d.first * d.second - d.cross * d.cross;
  validate(d.first < 0.0 && determinant > 0.0, "the likelihood has no maximum (is the sample too small?)");
  return {-d.second / determinant, d.cross / determinant, -d.first / determinant};
}

}  // namespace hedgerow::fit
