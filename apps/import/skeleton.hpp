#pragma once
// What config skeletons are written with: names, shares, numbers with their source, gaps.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "apps/config/document.hpp"

namespace hedgerow::intake {

using config::gap;

/// Names that are free to use in a config: small letters, digits and dashes, each once.
class ConfigNames {
 public:
  /// `reserved`: names that the format keeps for itself, beside the words of YAML.
  explicit ConfigNames(std::set<std::string> reserved = {}) : taken_(std::move(reserved)) {
    taken_.insert({"null", "true", "false"});
  }

  /// "Amazon Web Services" as "amazon-web-services"; a number behind it where the name is taken. `otherwise`
  /// stands for a name without any letter or digit.
  std::string make(std::string_view name, std::string_view otherwise);

 private:
  std::set<std::string> taken_;
};

/// Percentages with one decimal that add up to exactly 100, as near to the shares as that goes (largest
/// remainders): "61.2%". Shares that come out as 0 are empty. `amounts` >= 0, one of them positive.
std::vector<std::string> percentages(const std::vector<double>& amounts);

/// `{value: 0.0186 units, source: "…"}`; the number to six significant digits. FILL_IN where it is more than
/// `most`, which a config does not take: what the data say is then not to be believed.
std::string sourced(double value, double most, std::string_view unit, std::string_view source);

/// Most that a config takes: demand [units], commitment [money/yr], notice [day], term [month].
inline constexpr double most_demand = 1e12, most_commitment = 1e15, most_notice = 36'500.0,
                        most_term = 1200.0;
std::string sourced(std::string_view value, std::string_view source);

/// A number to six significant digits, without an exponent where that is readable.
std::string plain_number(double value);

/// What a file is called in a source: its name without folders; "standard input" for `-`.
std::string source_name(std::string_view path);

/// Length of the horizon of a skeleton [month].
inline constexpr int skeleton_months = 60;

/// The first month of a contract, a month_number(), for a horizon that begins in month `begin`: "2026-07", or
/// FILL_IN where it begins after the horizon.
std::string contract_start(int month, int begin);

/// A text in double quotes, what is not printable made so.
std::string yaml_text(std::string_view text);

/// The text behind `#`: on one line, printable.
std::string comment(std::string_view text);

/// Lines of a config, `depth` levels in; a comment stands behind its line.
class SkeletonWriter {
 public:
  void line(int depth, std::string_view text, std::string_view behind = "");
  void note(int depth, std::string_view text);
  void blank() { text_ += '\n'; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// A region whose outages are still to be filled in, on a line of its own so that a fit can take its place.
void write_region(SkeletonWriter& out, std::string_view name, std::string_view behind);

/// One line or two of a skeleton's head: what each kind of number is. `from`: what the numbers come from.
void write_legend(SkeletonWriter& out, std::string_view from);

}  // namespace hedgerow::intake
