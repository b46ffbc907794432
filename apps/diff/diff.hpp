#pragma once
// What changed between two results, and whether it is more than noise (docs/results.md).

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/assess/comparison.hpp"

namespace hedgerow::diff {

/// How the two sets of paths belong together.
enum class Sampling {
  independent,  ///< other seeds or generators: errors add in squares
  common,       ///< one seed, other inputs: the same, which as a rule is too wide
  identical,    ///< one seed, the same inputs and paths: every number must be the same
  paired        ///< `common`, and the total cost was replayed in pairs
};

enum class Verdict {
  same,     ///< equal to a relative 1e-9, which is what other compilers may change
  noise,    ///< differs, by no more than chance explains
  moved,    ///< differs by more than chance, or no chance is in it
  unknown,  ///< differs, and its error is not known
};

struct NumberChange {
  std::string group, name, pointer;  ///< as of a Number; the pointer is into the new document
  bool headline = false;
  bool money = false;
  std::optional<double> before, after;
  std::optional<double> difference;          ///< after less before
  std::optional<double> se;                  ///< of the difference; missing: exact or not known
  std::optional<double> in_standard_errors;  ///< |difference| / se, with its sign
  std::optional<double> relative;            ///< of `before`
  std::optional<double> p_adjusted;          ///< within its family
  bool paired = false;                       ///< `se` is that of pairs, from a replay
  Verdict verdict = Verdict::same;
};

/// A value or a word that was, is, or both.
struct TextChange {
  std::string name;
  std::optional<std::string> before, after;
};

/// An input: its value with where it comes from.
struct InputChange {
  std::string path;
  std::optional<std::string> before, after;               ///< missing: it was not, or is no longer, in force
  std::string origin_before, origin_after;                ///< empty where it is not in force
  std::string source_before, source_after;                ///< may be empty
  bool value_changed() const { return before != after; }  ///< else only what is said of where it comes from
};

/// The total cost of one strategy replayed with both configs on the same paths.
struct PairedTotal {
  std::string strategy;
  models::Comparison change;  ///< new less old
};

/// Where one of the two results comes from.
struct Side {
  std::string file;  ///< as the user named it
  std::string title, engine, git_revision, config, seed, paths;
  bool complete = true;
};

struct Diff {
  Side before, after;
  Sampling sampling = Sampling::independent;
  std::string currency;  ///< of the new document
  std::optional<TextChange> other_currency, other_horizon;
  std::vector<TextChange> run;           ///< how it was run, where that differs
  std::vector<InputChange> inputs;       ///< in the new document's order, what is gone last
  std::vector<std::string> gone, added;  ///< strategies, providers, comparisons and limits, in words
  std::vector<TextChange> limits;        ///< whose verdict changed
  std::vector<TextChange> words;         ///< other verdicts that changed
  std::vector<NumberChange>
      numbers;  ///< all that both have; headlines in order, then the others, largest first
};

/// Family-wise level at which headlines are judged, and again all other numbers.
inline constexpr double family_level = 0.05;

/// Compares two documents of the format hedgerow-results/1. `paired` may be empty. Where currencies differ,
/// money is left out; where horizons differ, every number is.
Diff compare(const nlohmann::ordered_json& before, const nlohmann::ordered_json& after,
             const std::vector<PairedTotal>& paired = {});

/// Whether an output moved by more than noise, is new or gone, or could not be compared. Inputs that change
/// no number do not count.
bool any_output_moved(const Diff& diff);

}  // namespace hedgerow::diff
