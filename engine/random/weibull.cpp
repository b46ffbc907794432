#include "engine/random/weibull.hpp"

#include <boost/math/special_functions/gamma.hpp>

#include "engine/random/special_functions.hpp"

namespace hedgerow::random {

double Weibull::partial_moment(double order, double limit) const {
  return moment(order) * boost::math::gamma_p(1.0 + order / shape, hazard(limit), detail::quiet);
}

}  // namespace hedgerow::random
