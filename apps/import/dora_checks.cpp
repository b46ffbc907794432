#include "apps/import/dora_checks.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <utility>

#include "apps/import/words.hpp"

namespace hedgerow::intake {
namespace {

constexpr std::size_t most_doubts = 50;
constexpr double cost_tolerance = 0.005;  // amounts are reported to the thousand
constexpr int deepest_arrangement = 20;   // that hangs on one that hangs on one …

class DoraChecker {
 public:
  DoraChecker(Register& about, const Package& package, Repairs& repairs)
      : register_(about), package_(package), repairs_(repairs) {}

  void run() {
    check_references();
    check_costs();
  }

 private:
  /// Where a reference leads nowhere, once for each.
  void check_references() {
    std::set<std::string> told;
    const auto dangling = [&](bool is_known, std::string_view what, const std::string& id,
                              std::string_view in, const std::string& file) {
      if (is_known || id.empty() || !package_.has(file) ||
          !told.insert(fmt::format("{} {}", what, id)).second)
        return;
      Findings findings(package_.path_of(file));
      repairs_.note(Repair::reference_dangling, findings, {0, 0}, fmt::format("{} of {}", what, in), id);
      findings.throw_if_any();
      add_doubt(register_, fmt::format("{} {} of {} is not described in {}", what, id, in, file));
    };
    for (const DoraReliance& r : register_.reliances) {
      dangling(register_.arrangements.contains(r.arrangement), "arrangement", r.arrangement, "B_02.02",
               "b_02.01.csv");
      dangling(register_.providers.contains(r.provider), "provider", r.provider, "B_02.02", "b_05.01.csv");
      dangling(register_.functions.contains(r.function), "function", r.function, "B_02.02", "b_06.01.csv");
    }
    for (const DoraLink& link : register_.links)
      dangling(register_.providers.contains(link.provider), "provider", link.provider, "B_05.02",
               "b_05.01.csv");
    for (const DoraAssessment& a : register_.assessments)
      dangling(register_.providers.contains(a.provider), "provider", a.provider, "B_07.01", "b_05.01.csv");
    for (const auto& [id, a] : register_.arrangements)
      dangling(register_.arrangements.contains(a.overarching), "arrangement", a.overarching, "B_02.01",
               "b_02.01.csv");
  }

  /// The provider of an arrangement, also where it hangs on another one.
  std::string provider_of(const std::string& arrangement,
                          const std::map<std::string, std::string>& direct) const {
    std::string at = arrangement;
    for (int steps = 0; steps < deepest_arrangement; ++steps) {
      if (const auto found = direct.find(at); found != direct.end()) return found->second;
      const auto next = register_.arrangements.find(at);
      if (next == register_.arrangements.end() || next->second.overarching.empty()) return {};
      at = next->second.overarching;
    }
    return {};
  }

  /// Costs of arrangements ought to add up to those of their provider.
  void check_costs() {
    std::map<std::string, std::string> direct;
    for (const DoraReliance& r : register_.reliances) direct.emplace(r.arrangement, r.provider);
    std::map<std::pair<std::string, std::string>, Amount> sums;
    for (const auto& [id, a] : register_.arrangements) {
      const std::string provider = provider_of(id, direct);
      if (a.cost && !provider.empty()) sums[{provider, a.currency}] += *a.cost;
    }
    for (const auto& [key, sum] : sums) {
      const auto provider = register_.providers.find(key.first);
      if (provider == register_.providers.end() || !provider->second.cost ||
          provider->second.currency != key.second)
        continue;
      const double total = provider->second.cost->value();
      if (std::abs(sum.value() - total) > cost_tolerance * std::abs(total))
        add_doubt(register_, fmt::format("the arrangements of {} add up to {} {}, B_05.01 says {}",
                                         register_.provider_name(key.first), money(sum), key.second,
                                         money(*provider->second.cost)));
    }
  }

  Register& register_;
  const Package& package_;
  Repairs& repairs_;
};

}  // namespace

void add_doubt(Register& about, std::string text) {
  if (about.doubts.size() < most_doubts) about.doubts.push_back(std::move(text));
}

void check_register(Register& about, const Package& package, Repairs& repairs) {
  DoraChecker(about, package, repairs).run();
}

}  // namespace hedgerow::intake
