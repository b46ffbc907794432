#pragma once
// Rows and columns of text for the terminal.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/results/format.hpp"

namespace hedgerow::results {

/// A table whose first column holds labels and whose other columns hold one strategy each.
class Table {
 public:
  explicit Table(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void heading(std::string text) { rows_.push_back({std::move(text)}); }

  /// Of its longest line.
  std::size_t width() const {
    std::size_t total = 0;
    for (const std::size_t width : widths()) total += width + gap.size();
    return total - gap.size();
  }

  /// One line a row; `colour` makes the header and the headings strong.
  std::string render(bool colour) const {
    const std::vector<std::size_t> widths = this->widths();
    std::string text;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      const bool strong = colour && (r == 0 || rows_[r].size() == 1);
      std::string line = rows_[r].size() > 1 ? pad_right(rows_[r][0], widths[0]) : rows_[r][0];
      for (std::size_t c = 1; c < rows_[r].size(); ++c)
        line += std::string(gap) + pad_left(rows_[r][c], widths[c]);
      text += strong ? "\033[1m" + line + "\033[0m\n" : line + "\n";
    }
    return text;
  }

 private:
  static constexpr std::string_view gap = "   ";

  std::vector<std::size_t> widths() const {
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (const auto& row : rows_)
      for (std::size_t c = 0; row.size() > 1 && c < row.size(); ++c)
        widths[c] = std::max(widths[c], width_of(row[c]));
    return widths;
  }

  std::vector<std::vector<std::string>> rows_;
};

}  // namespace hedgerow::results
