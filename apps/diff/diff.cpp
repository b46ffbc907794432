#include "apps/diff/diff.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "apps/diff/family.hpp"
#include "apps/diff/inputs.hpp"
#include "apps/diff/numbers.hpp"

namespace hedgerow::diff {
namespace {

using Json = nlohmann::ordered_json;

constexpr double rounding = 1e-9;  // what compilers and their libm may change
constexpr double nothing = 1e-15;  // of money or a probability: what adding up leaves of 0

std::string key_of(const std::string& group, const std::string& name) { return group + '\n' + name; }

bool equal(double a, double b) {
  return std::abs(a - b) <= std::max(nothing, rounding * std::max(std::abs(a), std::abs(b)));
}

Sampling sampling_of(const Json& before, const Json& after, const std::vector<InputChange>& inputs) {
  const auto agree = [&](const char* pointer) {
    const std::string was = text_at(before, pointer);
    return !was.empty() && was == text_at(after, pointer);
  };
  if (!agree("/provenance/seed") || !agree("/provenance/rng")) return Sampling::independent;
  const bool values_are_known = before.contains("/provenance/config/values"_json_pointer) &&
                                after.contains("/provenance/config/values"_json_pointer);
  return values_are_known && same_inputs(inputs) && agree("/paths") ? Sampling::identical : Sampling::common;
}

/// The total cost's difference and error from a replay, by the name of the number.
std::map<std::string, measure::Estimate> paired_errors(const std::vector<PairedTotal>& totals) {
  std::map<std::string, measure::Estimate> errors;
  for (const PairedTotal& total : totals) {
    const auto add = [&](const std::string& name, const measure::Estimate& difference) {
      errors[key_of(total.strategy, "total_cost." + name)] = difference;
    };
    add("mean", total.change.mean);
    for (const models::LevelDifference& at : total.change.percentiles)
      add(fmt::format("p{:.10g}", 100.0 * at.level), at.difference);
    for (const models::LevelDifference& at : total.change.expected_shortfall)
      add(fmt::format("es_{:.10g}", 100.0 * at.level), at.difference);
  }
  return errors;
}

NumberChange start(const Number& was, const Number& is) {
  NumberChange change{is.group, is.name, is.pointer, is.headline, is.money, was.value, is.value,
                      {},       {},      {},         {},          {},       false,     Verdict::same};
  if (!was.value || !is.value) {
    if (was.value.has_value() != is.value.has_value()) change.verdict = Verdict::unknown;
    return change;
  }
  change.difference = *is.value - *was.value;
  if (*was.value != 0.0) change.relative = *change.difference / std::abs(*was.value);
  return change;
}

/// What two errors say of a difference; `moved` is left to the family.
void judge_alone(const Number& was, const Number& is, Sampling sampling, NumberChange& change) {
  if (!change.difference) return;
  const bool is_equal = equal(*was.value, *is.value);
  if (sampling == Sampling::identical) {
    change.verdict = is_equal ? Verdict::same : Verdict::moved;
    return;
  }
  if (was.error == ErrorKind::known && is.error == ErrorKind::known) {
    change.se = std::hypot(was.se, is.se);
    if (*change.se > 0.0) {
      change.in_standard_errors = *change.difference / *change.se;
      change.verdict = is_equal ? Verdict::same : Verdict::noise;
      return;
    }
  }
  const bool is_exact = was.error != ErrorKind::unknown && is.error != ErrorKind::unknown;
  change.verdict = is_equal ? Verdict::same : (is_exact ? Verdict::moved : Verdict::unknown);
}

/// A replay on the same paths replaces what the two documents say.
void judge_paired(const measure::Estimate& difference, NumberChange& change) {
  change.paired = true;
  change.difference = difference.value;
  change.relative = change.before && *change.before != 0.0
                        ? std::optional(difference.value / std::abs(*change.before))
                        : std::nullopt;
  change.se = difference.standard_error;
  change.in_standard_errors.reset();
  change.verdict = Verdict::noise;
  if (difference.value == 0.0) {
    change.se.reset();
    change.verdict = Verdict::same;
  } else if (!change.se) {
    change.verdict = Verdict::unknown;
  } else if (*change.se == 0.0) {
    change.verdict = Verdict::moved;
  } else {
    change.in_standard_errors = difference.value / *change.se;
  }
}

void judge_families(std::vector<NumberChange>& numbers) {
  for (const bool headline : {true, false}) {
    std::vector<NumberChange*> family;
    std::vector<double> sizes;
    for (NumberChange& number : numbers)
      if (number.headline == headline && number.in_standard_errors) {
        family.push_back(&number);
        sizes.push_back(*number.in_standard_errors);
      }
    const std::vector<double> adjusted = adjusted_p_values(sizes);
    for (std::size_t i = 0; i < family.size(); ++i) {
      family[i]->p_adjusted = adjusted[i];
      if (family[i]->verdict == Verdict::noise && adjusted[i] <= family_level)
        family[i]->verdict = Verdict::moved;
    }
  }
}

/// Headlines as they stand; the others by verdict, then by standard errors, then by relative size.
void sort(std::vector<NumberChange>& numbers) {
  const auto size = [](const std::optional<double>& of) {
    return of ? std::abs(*of) : std::numeric_limits<double>::infinity();
  };
  const auto rank = [](Verdict verdict) {
    return verdict == Verdict::moved
               ? 0
               : (verdict == Verdict::noise ? 1 : (verdict == Verdict::unknown ? 2 : 3));
  };
  std::stable_sort(numbers.begin(), numbers.end(), [&](const NumberChange& a, const NumberChange& b) {
    if (a.headline != b.headline) return a.headline;
    if (a.headline) return false;
    if (a.verdict != b.verdict) return rank(a.verdict) < rank(b.verdict);
    if (size(a.in_standard_errors) != size(b.in_standard_errors))
      return size(a.in_standard_errors) > size(b.in_standard_errors);
    return size(a.relative) > size(b.relative);
  });
}

std::vector<std::string> names_in(const Json& results) {
  std::vector<std::string> names;
  if (results.contains("strategies") && results["strategies"].is_object())
    for (const auto& [name, strategy] : results["strategies"].items()) {
      names.push_back("strategy " + name);
      if (!strategy.is_object() || !strategy.contains("providers") || !strategy["providers"].is_object())
        continue;
      for (const auto& [provider, unused] : strategy["providers"].items())
        names.push_back(fmt::format("provider {} of {}", provider, name));
    }
  const auto list = [&](const char* key, const auto& words) {
    if (results.contains(key) && results[key].is_array())
      for (const Json& entry : results[key]) names.push_back(words(entry));
  };
  const auto word = [](const Json& entry, const char* key) {
    return entry.is_object() && entry.contains(key) && entry[key].is_string() ? entry[key].get<std::string>()
                                                                              : "";
  };
  list("comparisons", [&](const Json& c) {
    return fmt::format("comparison {} against {}", word(c, "strategy"), word(c, "reference"));
  });
  list("limits", [&](const Json& limit) { return "limit " + word(limit, "name"); });
  return names;
}

std::vector<std::string> missing_from(const std::vector<std::string>& there,
                                      const std::vector<std::string>& here) {
  std::vector<std::string> missing;
  std::copy_if(here.begin(), here.end(), std::back_inserter(missing),
               [&](const auto& name) { return std::find(there.begin(), there.end(), name) == there.end(); });
  return missing;
}

void compare_words(const Contents& before, const Contents& after, Diff& diff) {
  std::unordered_map<std::string, std::string> old;
  for (const Word& word : before.words) old.emplace(key_of(word.group, word.name), word.text);
  for (const Word& word : after.words) {
    const auto was = old.find(key_of(word.group, word.name));
    if (was == old.end() || was->second == word.text) continue;
    const bool is_limit = word.group == "limits";
    if (is_limit && !word.name.ends_with(".verdict")) continue;
    const std::string name = is_limit ? word.name.substr(0, word.name.size() - std::string(".verdict").size())
                                      : word.group + ": " + word.name;
    (is_limit ? diff.limits : diff.words).push_back({name, was->second, word.text});
  }
}

void compare_numbers(const Contents& before, const Contents& after, const std::vector<PairedTotal>& paired,
                     Diff& diff) {
  const auto errors = paired_errors(paired);
  std::unordered_map<std::string, const Number*> old;
  for (const Number& number : before.numbers) old.emplace(key_of(number.group, number.name), &number);
  for (const Number& number : after.numbers) {
    const auto was = old.find(key_of(number.group, number.name));
    if (was == old.end() || (diff.other_currency && number.money)) continue;
    NumberChange change = start(*was->second, number);
    const auto replayed = errors.find(was->first);
    if (replayed != errors.end())
      judge_paired(replayed->second, change);
    else
      judge_alone(*was->second, number, diff.sampling, change);
    diff.numbers.push_back(std::move(change));
  }
  judge_families(diff.numbers);
  sort(diff.numbers);
}

std::optional<TextChange> differing(const char* name, std::string was, std::string is) {
  if (was == is) return std::nullopt;
  return TextChange{name, std::move(was), std::move(is)};
}

std::string horizon_of(const Json& results) {
  return fmt::format("{} months from {}", text_at(results, "/horizon/months"),
                     text_at(results, "/horizon/start"));
}

}  // namespace

Diff compare(const Json& before, const Json& after, const std::vector<PairedTotal>& paired) {
  Diff diff;
  diff.before = side_of(before);
  diff.after = side_of(after);
  diff.currency = text_at(after, "/currency");
  diff.other_currency = differing("currency", text_at(before, "/currency"), diff.currency);
  diff.other_horizon = differing("horizon", horizon_of(before), horizon_of(after));
  diff.run = changed_run(before, after);
  diff.inputs = changed_inputs(before, after);
  diff.sampling = paired.empty() ? sampling_of(before, after, diff.inputs) : Sampling::paired;
  const auto old_names = names_in(before), new_names = names_in(after);
  diff.gone = missing_from(new_names, old_names);
  diff.added = missing_from(old_names, new_names);
  const Contents old = contents_of(before), fresh = contents_of(after);
  compare_words(old, fresh, diff);
  if (!diff.other_horizon) compare_numbers(old, fresh, paired, diff);
  return diff;
}

bool any_output_moved(const Diff& diff) {
  const bool numbers = std::any_of(diff.numbers.begin(), diff.numbers.end(), [](const NumberChange& number) {
    return number.verdict == Verdict::moved;
  });
  return numbers || !diff.gone.empty() || !diff.added.empty() || diff.other_currency || diff.other_horizon;
}

}  // namespace hedgerow::diff
