#pragma once
// A diff for people and for programs.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "apps/diff/diff.hpp"

namespace hedgerow::diff {

struct Shown {
  bool all = false;     ///< every number that moved, not only the largest
  bool colour = false;  ///< on a terminal
};

/// For a terminal. Names from the configs are made printable.
std::string as_text(const Diff& diff, Shown shown);

/// For a pull request: GitHub's Markdown. Names from the configs are text, never markup, mention or
/// reference.
std::string as_markdown(const Diff& diff, Shown shown);

/// Format `hedgerow-diff/1` (docs/results.md): everything that differs, and every headline.
nlohmann::ordered_json as_json(const Diff& diff);

std::string_view name_of(Verdict verdict);
std::string_view name_of(Sampling sampling);

}  // namespace hedgerow::diff
