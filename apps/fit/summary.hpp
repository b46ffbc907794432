#pragma once
// A fit for people: how often, how long, what it looks like, and what not to believe.

#include <string>

#include "apps/fit/answer.hpp"
#include "apps/fit/picture.hpp"

namespace hedgerow::fitting {

std::string as_text(const Answer& answer, const Canvas& canvas);

}  // namespace hedgerow::fitting
