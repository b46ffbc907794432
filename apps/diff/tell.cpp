#include "apps/diff/tell.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "apps/results/format.hpp"
#include "engine/measure/estimate.hpp"

namespace hedgerow::diff {
namespace {

constexpr std::size_t rows_shown = 20;
constexpr std::size_t longest_value = 60;

/// `text` cut at a whole character.
std::string cut(const std::string& text) {
  if (results::width_of(text) <= longest_value) return text;
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size(); ++end)
    if ((text[end] & 0xC0) != 0x80 && ++seen == longest_value) break;
  return text.substr(0, end) + "…";
}

std::string value_or_none(const std::optional<std::string>& value) { return value ? cut(*value) : "(none)"; }

/// So many decimals that three digits of `size` are seen.
int three_digits(double size) {
  if (size == 0.0) return 0;
  return static_cast<int>(std::clamp(2.0 - std::floor(std::log10(std::abs(size))), 0.0, 12.0));
}

struct Cells {
  std::string before, after, change;
};

/// All three in one unit, with the digits that the error of the change supports.
Cells cells_of(const NumberChange& of) {
  const double largest = std::max(std::abs(of.before.value_or(0.0)), std::abs(of.after.value_or(0.0)));
  const results::Scale scale = of.money ? results::scale_for(largest) : results::Scale{};
  const std::string unit = scale.name.empty() ? "" : " " + std::string(scale.name);
  const std::optional<double> half =
      of.se && *of.se > 0.0 ? std::optional(measure::two_sided_normal(0.95) * *of.se / scale.unit)
                            : std::nullopt;
  const double difference = of.difference.value_or(0.0) / scale.unit;
  const int decimals = half ? results::decimals_for(*half) + 1
                            : three_digits(difference != 0.0 ? difference : largest / scale.unit);
  const auto cell = [&](const std::optional<double>& value) {
    return value ? results::number(*value / scale.unit, decimals) + unit : "?";
  };
  if (!of.difference) return {cell(of.before), cell(of.after), "?"};
  const std::string sign = difference > 0.0 ? "+" : "";
  const std::string error = half ? " ± " + results::number(*half, decimals) : "";
  return {cell(of.before), cell(of.after), sign + results::number(difference, decimals) + error + unit};
}

std::string verdict_word(const NumberChange& of) {
  switch (of.verdict) {
    case Verdict::moved:
      return of.in_standard_errors ? "MOVED" : "MOVED (exact)";
    case Verdict::noise:
      return "noise";
    case Verdict::unknown:
      return "error not known";
    case Verdict::same:
      break;
  }
  return "same";
}

std::vector<std::string> row_of(const NumberChange& of, const std::string& label) {
  const Cells cells = cells_of(of);
  return {label,
          cells.before,
          cells.after,
          cells.change,
          of.relative ? fmt::format("{:+.2g} %", 100.0 * *of.relative) : "",
          of.in_standard_errors ? fmt::format("{:+.1f}", *of.in_standard_errors) : "",
          verdict_word(of)};
}

std::vector<std::string> number_header(const std::string& first, const Diff& diff) {
  return {diff.currency.empty() ? first : fmt::format("{} [money in {}]", first, diff.currency),
          "old",
          "new",
          "change, 95 %",
          "relative",
          "standard errors",
          "verdict"};
}

struct Counts {
  std::size_t all = 0, moved = 0, noise = 0, unknown = 0, same = 0;
};

Counts count(const Diff& diff, bool headline) {
  Counts counts;
  for (const NumberChange& number : diff.numbers) {
    if (number.headline != headline) continue;
    ++counts.all;
    ++(number.verdict == Verdict::moved     ? counts.moved
       : number.verdict == Verdict::noise   ? counts.noise
       : number.verdict == Verdict::unknown ? counts.unknown
                                            : counts.same);
  }
  return counts;
}

std::string in_words(const Counts& of, const std::string& what) {
  return fmt::format("Of {} {}, {} moved by more than noise, {} differ by noise, {} are the same{}.",
                     results::grouped(of.all), what, results::grouped(of.moved), results::grouped(of.noise),
                     results::grouped(of.same),
                     of.unknown == 0 ? "" : fmt::format(", {} differ and have no known error", of.unknown));
}

std::string errors_in_words(Sampling sampling) {
  switch (sampling) {
    case Sampling::independent:
      return "Errors: other random numbers on the two sides, so the two errors add in squares.";
    case Sampling::common:
      return "Errors: both sides used the same random numbers, but saved results do not say how much of "
             "their "
             "errors cancels; they are added in squares, as a rule too wide. --paired plays both again and "
             "knows.";
    case Sampling::identical:
      return "Same inputs, seed and paths: every number must be the same, whatever its error.";
    case Sampling::paired:
      break;
  }
  return "Errors: of the total cost from playing both configs again on the same paths; of the rest, the two "
         "errors "
         "added in squares, as a rule too wide.";
}

std::string side_in_words(const char* which, const Side& of) {
  return fmt::format("{}: {}, config {}, {} paths, seed {}, engine {} ({}){}", which, of.file, of.config,
                     of.paths, of.seed, of.engine, of.git_revision, of.complete ? "" : ", INTERRUPTED");
}

Block introduction(const Diff& diff) {
  Block block{"What changed", {side_in_words("Old", diff.before), side_in_words("New", diff.after)}, {}, {}};
  if (diff.other_currency)
    block.sentences.push_back(fmt::format("OTHER CURRENCY: {} instead of {}; money is not compared.",
                                          *diff.other_currency->after, *diff.other_currency->before));
  if (diff.other_horizon)
    block.sentences.push_back(fmt::format("OTHER HORIZON: {} instead of {}; no number is compared.",
                                          *diff.other_horizon->after, *diff.other_horizon->before));
  const Counts headlines = count(diff, true), others = count(diff, false);
  if (diff.sampling == Sampling::identical &&
      headlines.moved + others.moved + headlines.unknown + others.unknown > 0)
    block.sentences.push_back(
        "CHANGED THOUGH NO INPUT DID: with the same seed and paths every number should be the same. Another "
        "engine "
        "or compiler explains it; the same one would be a defect.");
  if (headlines.all > 0) block.sentences.push_back(in_words(headlines, "headline numbers"));
  if (others.all > 0) block.sentences.push_back(in_words(others, "other numbers"));
  block.sentences.push_back(errors_in_words(diff.sampling));
  return block;
}

Block limits(const Diff& diff) {
  Block block{"Limits whose verdict changed", {}, {"limit", "old", "new"}, {}};
  for (const TextChange& limit : diff.limits)
    block.rows.push_back({limit.name, value_or_none(limit.before), value_or_none(limit.after)});
  return block;
}

std::string origin_in_words(const InputChange& of) {
  if (of.origin_before.empty() || of.origin_before == of.origin_after) return of.origin_after;
  return of.origin_after.empty() ? of.origin_before : of.origin_before + ", now " + of.origin_after;
}

Block inputs(const Diff& diff, bool all) {
  Block block{"Inputs", {}, {"input", "old", "new", "origin"}, {}};
  std::size_t hidden = 0, reasons = 0;
  for (const InputChange& input : diff.inputs) {
    if (!input.value_changed() && input.origin_before == input.origin_after)
      ++reasons;
    else if (!all && block.rows.size() >= 2 * rows_shown)
      ++hidden;
    else
      block.rows.push_back(
          {input.path, value_or_none(input.before), value_or_none(input.after), origin_in_words(input)});
  }
  if (diff.inputs.empty()) block.sentences.push_back("No input changed.");
  if (hidden > 0) block.sentences.push_back(fmt::format("{} more changed (--all shows them).", hidden));
  if (reasons > 0)
    block.sentences.push_back(fmt::format("{} with another source for the same value.",
                                          results::counted(reasons, "input", "inputs")));
  if (block.rows.empty()) block.header.clear();
  return block;
}

Block come_and_gone(const Diff& diff) {
  Block block{"New and gone", {}, {"what", "is"}, {}};
  for (const std::string& name : diff.added) block.rows.push_back({name, "new"});
  for (const std::string& name : diff.gone) block.rows.push_back({name, "gone"});
  return block;
}

Block texts(const std::string& heading, const std::string& first, const std::vector<TextChange>& changes,
            bool all) {
  Block block{heading, {}, {first, "old", "new"}, {}};
  for (const TextChange& change : changes)
    if (all || block.rows.size() < rows_shown)
      block.rows.push_back({change.name, value_or_none(change.before), value_or_none(change.after)});
  if (block.rows.size() < changes.size())
    block.sentences.push_back(fmt::format("{} more (--all shows them).", changes.size() - block.rows.size()));
  return block;
}

Block verdicts(const Diff& diff, bool all) {
  Block block = texts("Other verdicts that changed", "verdict", diff.words, all);
  if (!block.rows.empty() && diff.sampling == Sampling::independent)
    block.sentences.push_back("A verdict that hangs on chance may turn by noise alone: look at its numbers.");
  return block;
}

std::vector<Block> headlines(const Diff& diff) {
  std::vector<Block> blocks;
  std::string group;
  for (const NumberChange& number : diff.numbers) {
    if (!number.headline) continue;
    if (blocks.empty() || number.group != group)
      blocks.push_back(
          {number.group == "limits" ? "Limits" : number.group, {}, number_header("number", diff), {}});
    group = number.group;
    blocks.back().rows.push_back(row_of(number, number.name));
  }
  return blocks;
}

Block others(const Diff& diff, bool all) {
  Block block{"Other numbers that moved, the largest first", {}, number_header("number", diff), {}};
  std::size_t hidden = 0;
  for (const NumberChange& number : diff.numbers) {
    if (number.headline || number.verdict != Verdict::moved) continue;
    if (!all && block.rows.size() == rows_shown)
      ++hidden;
    else
      block.rows.push_back(row_of(number, number.group + ": " + number.name));
  }
  if (hidden > 0)
    block.sentences.push_back(fmt::format("{} more moved (--all shows them).", results::grouped(hidden)));
  return block;
}

}  // namespace

std::vector<Block> tell(const Diff& diff, bool all) {
  std::vector<Block> blocks;
  const auto add = [&](Block block) {
    if (!block.rows.empty() || !block.sentences.empty()) blocks.push_back(std::move(block));
  };
  add(limits(diff));
  add(introduction(diff));
  add(inputs(diff, all));
  add(come_and_gone(diff));
  add(texts("How it was run", "setting", diff.run, true));
  std::ranges::move(headlines(diff), std::back_inserter(blocks));
  add(others(diff, all));
  add(verdicts(diff, all));
  return blocks;
}

}  // namespace hedgerow::diff
