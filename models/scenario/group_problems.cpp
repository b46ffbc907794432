// What providers of one group must have in common, and how price groups are correlated.

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "models/scenario/correlation.hpp"
#include "models/scenario/problem_list.hpp"
#include "models/scenario/scenario.hpp"

namespace hedgerow::models {
namespace {

using Member = std::pair<const std::string, ProviderInput>;
using NamePair = std::pair<std::string, std::string>;

/// A key of `divergence` and the number behind it.
template <class T>
struct Trait {
  KeyPath key;
  T Divergence::*member;
};

/// Compares the members of each group with its first one.
class GroupInspector {
 public:
  GroupInspector(const ScenarioInput& input, ProblemList& found) : input_(input), found_(found) {}

  void run() {
    std::map<std::string, const Member*> first_in_price, first_in_regime;
    for (const auto& member : input_.providers) {
      const auto& [name, provider] = member;
      group_ = group_name(provider.price_group, name);
      const auto price = first_in_price.try_emplace(group_, &member);
      if (!price.second) compare_prices(*price.first->second, member);
      group_ = group_name(provider.regime_group, name);
      const auto regime = first_in_regime.try_emplace(group_, &member);
      if (!regime.second) compare_regimes(*regime.first->second, member);
    }
    groups_ = keys_of(first_in_price);
    if (!input_.market.correlation.empty()) check_correlation();
  }

 private:
  void differ(const Member& first, const Member& second, const KeyPath& key, const std::string& how) {
    const auto place = [&key](const std::string& name) {
      KeyPath path{"providers", name};
      path.insert(path.end(), key.begin(), key.end());
      return path;
    };
    found_.report(place(second.first),
                  fmt::format("{} and {} are in {} {} but differ in {} ({})", first.first, second.first,
                              kind_, group_, fmt::join(key, "."), how),
                  hint_, {place(first.first)});
  }

  void compare(const Member& first, const Member& second, const KeyPath& key, double a, double b) {
    if (a != b) differ(first, second, key, fmt::format("{:g} and {:g}", a, b));
  }

  void compare_prices(const Member& first, const Member& second) {
    kind_ = "price group";
    hint_ = "the prices of a group move as one; only value and scarcity_premium may differ";
    const ListPrice &a = first.second.list_price, &b = second.second.list_price;
    const auto numbers = [&](const KeyPath& key, double x, double y) { compare(first, second, key, x, y); };
    numbers({"list_price", "drift"}, a.drift, b.drift);
    numbers({"list_price", "volatility"}, a.volatility, b.volatility);
    numbers({"list_price", "price_loading"}, a.loading, b.loading);
    if (a.jumps.has_value() != b.jumps.has_value())
      return differ(first, second, {"list_price", "jumps"}, "one of them never jumps");
    if (!a.jumps) return;
    numbers({"list_price", "jumps", "rate"}, a.jumps->rate.value, b.jumps->rate.value);
    numbers({"list_price", "jumps", "mean"}, a.jumps->mean, b.jumps->mean);
    numbers({"list_price", "jumps", "sd"}, a.jumps->sd, b.jumps->sd);
  }

  void compare_regimes(const Member& first, const Member& second) {
    kind_ = "regime group";
    hint_ = "a group turns rival or leaves as one; only withhold and costs may differ";
    const ProviderInput &a = first.second, &b = second.second;
    compare(first, second, {"product_overlap"}, a.product_overlap, b.product_overlap);
    compare(first, second, {"equity_stake"}, a.equity_stake, b.equity_stake);
    if (a.divergence.has_value() != b.divergence.has_value())
      return differ(first, second, {"divergence"}, "one of them stays aligned");
    if (a.divergence) compare_chains(first, second);
  }

  void compare_chains(const Member& first, const Member& second) {
    const Divergence &a = *first.second.divergence, &b = *second.second.divergence;
    const auto numbers = [&](const KeyPath& key, double x, double y) {
      KeyPath path{"divergence"};
      path.insert(path.end(), key.begin(), key.end());
      compare(first, second, path, x, y);
    };
    using D = Divergence;
    const std::vector<Trait<PerYear>> rates{{{"rates", "aligned_to_strained"}, &D::aligned_to_strained},
                                            {{"rates", "aligned_to_rival"}, &D::aligned_to_rival},
                                            {{"rates", "strained_to_aligned"}, &D::strained_to_aligned},
                                            {{"rates", "strained_to_rival"}, &D::strained_to_rival},
                                            {{"rates", "strained_to_severed"}, &D::strained_to_severed},
                                            {{"rates", "rival_to_strained"}, &D::rival_to_strained},
                                            {{"rates", "rival_to_severed"}, &D::rival_to_severed},
                                            {{"repair"}, &D::severed_to_strained}};
    const std::vector<Trait<double>> effects{{{"covariates", "overlap"}, &D::overlap_effect},
                                             {{"covariates", "share"}, &D::share_effect},
                                             {{"covariates", "equity"}, &D::equity_effect},
                                             {{"contagion"}, &D::contagion}};
    const std::vector<Trait<Fraction>> references{
        {{"covariates", "reference_overlap"}, &D::reference_overlap},
        {{"covariates", "reference_share"}, &D::reference_share}};
    for (const auto& trait : rates) numbers(trait.key, (a.*trait.member).value, (b.*trait.member).value);
    for (const auto& trait : effects) numbers(trait.key, a.*trait.member, b.*trait.member);
    for (const auto& trait : references) numbers(trait.key, (a.*trait.member).value, (b.*trait.member).value);
    if (a.feedback != b.feedback)
      differ(first, second, {"divergence", "covariates", "feedback"}, "yes and no");
  }

  void check_correlation() {
    const std::size_t before = found_.size();
    for (const auto& [first, row] : input_.market.correlation)
      for (const auto& [second, value] : row) check_pair(first, second);
    for (auto p = groups_.begin(); p != groups_.end(); ++p)
      for (auto q = std::next(p); q != groups_.end(); ++q)
        if (!given_.contains({*p, *q}))
          found_.report({"market", "correlation"},
                        fmt::format("the correlation of {} and {} is missing", *p, *q),
                        "every pair is needed once; 0 means independent");
    if (found_.size() > before) return;
    if (!cholesky_factor(correlation_matrix(input_.market.correlation, {groups_.begin(), groups_.end()})))
      found_.report(
          {"market", "correlation"}, "the correlation matrix is not positive definite",
          "no prices can move like this, or some move exactly together: bring the correlations nearer to 0");
  }

  void check_pair(const std::string& first, const std::string& second) {
    const KeyPath path{"market", "correlation", first, second};
    for (const auto& name : {first, second})
      if (!groups_.contains(name)) report_unknown(path, name);
    if (first == second)
      found_.report(path, fmt::format("{} is paired with itself", first), "the diagonal is 1");
    else if (!given_.insert(std::minmax(first, second)).second)
      found_.report(path, fmt::format("the correlation of {} and {} is given twice", first, second));
  }

  void report_unknown(const KeyPath& path, const std::string& name) {
    const auto provider = input_.providers.find(name);
    if (provider == input_.providers.end())
      return found_.report(path, fmt::format("unknown provider or price group {}", name), known(groups_));
    const std::string& group = provider->second.price_group;
    found_.report(path, fmt::format("{} has no price path of its own", name),
                  fmt::format("its price group is {}; {}", group, known(groups_)),
                  {{"providers", name, "price_group"}});
  }

  const ScenarioInput& input_;
  ProblemList& found_;
  std::string kind_, group_, hint_;  // of the comparison at hand
  Names groups_;                     // of prices
  std::set<NamePair> given_;
};

}  // namespace

void check_groups(const ScenarioInput& input, ProblemList& found) { GroupInspector(input, found).run(); }

}  // namespace hedgerow::models
