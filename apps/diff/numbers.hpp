#pragma once
// The numbers and verdicts of a results document, each under a name that is the same in every document.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace hedgerow::diff {

/// What is known about the error of a number.
enum class ErrorKind {
  exact,    ///< no chance in it: it follows from the config alone
  known,    ///< it has a standard error
  unknown,  ///< chance is in it, and how much is not known
};

/// One number of a document.
struct Number {
  std::string group;    ///< a strategy, "A against B", "limits" or "market"
  std::string name;     ///< within the group: total_cost.p99, providers.azure.severed_by_horizon
  std::string pointer;  ///< JSON pointer
  bool headline;        ///< mean, percentile or expected shortfall of the total cost or of a difference of it
  bool money;           ///< it is counted in the currency
  std::optional<double> value;
  ErrorKind error;
  /// One standard error, >= 0; of a percentile that which its interval would have if it were a normal one, of
  /// the wider side. Only where `error` is `known`.
  double se = 0.0;
};

/// What a document says in words or yes or no: a verdict, a trade, whether a test is passed.
struct Word {
  std::string group, name;
  std::string text;
};

struct Contents {
  std::vector<Number> numbers;  ///< in the document's order
  std::vector<Word> words;
};

/// Everything that can be compared. Left out: where it comes from, stories and histograms. A field that is
/// not known is read as any other; one of an unexpected kind is left out.
Contents contents_of(const nlohmann::ordered_json& results);

}  // namespace hedgerow::diff
