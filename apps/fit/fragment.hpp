#pragma once
// A fit as a piece of config, ready to paste.

#include <string>

#include "apps/fit/answer.hpp"

namespace hedgerow::fitting {

/// Whether what is known of the parameters stands as keys or, for readers that do not draw them, in comments.
enum class Posterior { in_comments, as_keys };

/// A block `outages:` as YAML, each number with its source, under the command that produced it and what there
/// is to doubt; `indent` blanks stand before each line. Where the log tells no duration the default of a
/// region stands there, marked as assumed.
std::string as_fragment(const Answer& answer, Posterior posterior, std::size_t indent = 0);

/// Standard errors of two estimates and their correlation, 0 where one has none.
struct Spread {
  double first, second, correlation;
};
Spread spread_of(const fit::Covariance& covariance);

}  // namespace hedgerow::fitting
