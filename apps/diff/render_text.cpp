#include <algorithm>

#include <fmt/format.h>

#include "apps/diff/render.hpp"
#include "apps/diff/tell.hpp"
#include "apps/results/format.hpp"
#include "apps/results/table.hpp"

namespace hedgerow::diff {
namespace {

std::vector<std::string> printable(const std::vector<std::string>& cells) {
  std::vector<std::string> clean;
  for (const std::string& cell : cells) clean.push_back(results::printable(cell));
  return clean;
}

/// `text` as what it is: character references stand for themselves and are never markup. A mark that GitHub
/// would turn into a mention or a reference is cut off from what follows it.
std::string markdown(const std::string& text) {
  constexpr std::string_view marks = "\\`*_{}[]<>#!|&~$:@";
  std::string safe;
  for (const char c : results::printable(text)) {
    if (marks.find(c) == std::string_view::npos)
      safe += c;
    else
      safe += fmt::format("&#{};", static_cast<int>(c));
    if (c == '@' || c == '#') safe += "&#8203;";
  }
  return safe;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + markdown(cell) + " |";
  return row + "\n";
}

std::string markdown_table(const Block& block) {
  std::string table = markdown_row(block.header) + "|---|";
  for (std::size_t c = 1; c < block.header.size(); ++c) table += "---:|";
  table += "\n";
  for (const auto& row : block.rows) table += markdown_row(row);
  return table;
}

}  // namespace

std::string as_text(const Diff& diff, Shown shown) {
  std::string text;
  for (const Block& block : tell(diff, shown.all)) {
    const std::string heading = results::printable(block.heading);
    text += (text.empty() ? "" : "\n") + (shown.colour ? "\033[1m" + heading + "\033[0m\n" : heading + "\n");
    for (const std::string& sentence : block.sentences) text += results::printable(sentence) + "\n";
    if (block.rows.empty()) continue;
    results::Table table(printable(block.header));
    for (const auto& row : block.rows) table.add(printable(row));
    text += table.render(shown.colour);
  }
  return text;
}

std::string as_markdown(const Diff& diff, Shown shown) {
  std::string text;
  for (const Block& block : tell(diff, shown.all)) {
    text += fmt::format("{}### {}\n\n", text.empty() ? "" : "\n", markdown(block.heading));
    for (const std::string& sentence : block.sentences) text += markdown(sentence) + "\n\n";
    if (!block.rows.empty()) text += markdown_table(block);
  }
  return text;
}

}  // namespace hedgerow::diff
