#pragma once
// How the variates call Boost.Math: in double precision (no long double, whose width differs between
// machines), and returning the best value found instead of throwing or setting errno.

#include <boost/math/policies/policy.hpp>

namespace hedgerow::random::detail {

namespace bmp = boost::math::policies;
using Quiet = bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>,
                          bmp::overflow_error<bmp::ignore_error>, bmp::underflow_error<bmp::ignore_error>,
                          bmp::denorm_error<bmp::ignore_error>, bmp::evaluation_error<bmp::ignore_error>,
                          bmp::promote_double<false>>;
inline constexpr Quiet quiet{};

}  // namespace hedgerow::random::detail
