#pragma once
// "Did you mean": the known word that a mistyped one most likely stands for.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hedgerow::config {

/// Number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`
/// (optimal string alignment), upper and lower case being the same.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest of `known`, if it is near enough to be a slip of the keyboard; otherwise empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

/// "did you mean providers?", or else "known: …".
std::string suggestion(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace hedgerow::config
