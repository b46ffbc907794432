#pragma once
// A result as a comment on a pull request.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace hedgerow::tables {

/// What the document says in GitHub's Markdown: limits first, then a line for each strategy, the 1-in-100
/// future of the first strategy that is not the reference, and where the numbers come from. Never longer than
/// `longest_markdown`: limits and strategies that do not fit are counted. Names are text, whatever they
/// contain. Throws BadResults.
std::string markdown(const nlohmann::ordered_json& results);

inline constexpr std::size_t longest_markdown = 65'000;  ///< bytes; GitHub takes 65 536 characters

/// `text` such that GitHub shows it as it is: no markup, HTML, table cell, mention, reference or link comes
/// of it. Cut after 120 characters.
std::string markdown_text(std::string_view text);

}  // namespace hedgerow::tables
