// Any bytes as a billing export, plain or packed: refused as bad data, or read and told in all its forms.

#include <cstddef>
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "apps/config/diagnostic.hpp"
#include "apps/config/load.hpp"
#include "apps/import/findings.hpp"
#include "apps/import/focus_bill.hpp"
#include "apps/import/focus_report.hpp"
#include "apps/import/focus_skeleton.hpp"
#include "apps/import/focus_view.hpp"
#include "apps/import/gzip.hpp"
#include "apps/import/skeleton.hpp"
#include "apps/import/words.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace hedgerow;
using fuzz::require;

/// Groups add up to the total, whatever was in the file.
void check_sums(const intake::Bill& bill) {
  std::uint64_t rows = 0;
  for (const std::string& currency : bill.currencies()) {
    intake::Amount sum;
    for (const auto& line : intake::spend_by(bill, currency, intake::SpendBy::region))
      sum += line.costs.billed;
    require(sum == intake::total(bill, currency).billed);
    rows += intake::total(bill, currency).rows;
  }
  require(rows == bill.rows);
}

/// A skeleton is a config that has gaps, and nothing else wrong: every error is about a gap.
void check_skeleton(const std::string& skeleton) {
  try {
    config::load_config(config::Source{"skeleton", skeleton});
  } catch (const config::ConfigError& error) {
    for (const config::Diagnostic& d : error.diagnostics())
      require(d.severity == config::Severity::warning || d.excerpt.find(intake::gap) != std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  intake::FocusOptions options;
  options.strict = (data[0] & 1) != 0;
  options.most_groups = (data[0] & 2) != 0 ? 3 : 1000;
  options.most_commitments = 3;
  if ((data[0] & 4) != 0) options.workloads = "x_Team";
  try {
    intake::Bill bill =
        intake::read_focus("fuzz", intake::unpacked("fuzz", intake::bytes_of(text, 1 + data[0])), options);
    check_sums(bill);
    intake::as_table(bill, false);
    intake::dumped(intake::as_json(bill));
    for (const std::string& currency : bill.currencies())
      check_skeleton(intake::focus_skeleton(bill, currency));
  } catch (const intake::BadData&) {
  }
  return 0;
}
