#pragma once
// What a diff says, before it is terminal text or Markdown.

#include <string>
#include <vector>

#include "apps/diff/diff.hpp"

namespace hedgerow::diff {

/// A heading, sentences and a table; each may be missing. Strings are as the configs have them.
struct Block {
  std::string heading;
  std::vector<std::string> sentences;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// The most important first: limits whose verdict changed, then what cannot be compared, inputs, headlines,
/// the rest. Without `all` only the largest of the other numbers.
std::vector<Block> tell(const Diff& diff, bool all);

}  // namespace hedgerow::diff
