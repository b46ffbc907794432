#pragma once
// The story of a path: what happened under one strategy, as dated events whose money adds up from the plan to
// the total (docs/model/causes.md).

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "models/simulate.hpp"

namespace hedgerow::models {

enum class EventKind : std::size_t {
  scarcity_begins,       ///< no money by itself: it is in prices, exits and renewals
  scarcity_ends,         ///< no money
  price_jump,            ///< no money by itself: the list price moved by more than diffusion does in a month
  signing,               ///< a contract's first signature within the horizon; until the next signing
  renewal,               ///< a contract signed again; until the next signing
  floating_price,        ///< one plan year of list or floating prices
  volume_discount,       ///< one plan year of volume discounts
  demand,                ///< one plan year of demand other than planned
  strained,              ///< no money
  rival,                 ///< what rivalry costs in roadmap and IP
  severed,               ///< notice is served at the first; what a broken relation costs in roadmap and IP
  improves,              ///< the relation heals by a step; no money
  cut_off,               ///< no money by itself: see shortage
  exit_bills,            ///< bills elsewhere less bills saved, since notice was served
  migration,             ///< one-time cost of all that leaves a provider
  shortage,              ///< revenue lost while a provider withholds capacity or has cut it off
  outage,                ///< revenue and reputation lost to one outage
  on_demand,             ///< one plan year of capacity bought in a crisis
  commitment_shortfall,  ///< of one contract year
  sla_credit,            ///< of one contract year
  other                  ///< of several kinds, joined by abridge()
};
inline constexpr std::size_t event_kind_count = 21;
inline constexpr std::array<std::string_view, event_kind_count> event_kind_names{"scarcity_begins",
                                                                                 "scarcity_ends",
                                                                                 "price_jump",
                                                                                 "signing",
                                                                                 "renewal",
                                                                                 "floating_price",
                                                                                 "volume_discount",
                                                                                 "demand",
                                                                                 "strained",
                                                                                 "rival",
                                                                                 "severed",
                                                                                 "improves",
                                                                                 "cut_off",
                                                                                 "exit_bills",
                                                                                 "migration",
                                                                                 "shortage",
                                                                                 "outage",
                                                                                 "on_demand",
                                                                                 "commitment_shortfall",
                                                                                 "sla_credit",
                                                                                 "other"};

/// Something that happened. Numbers that say nothing about a kind are 0.
struct StoryEvent {
  EventKind kind;
  double from, until;  ///< [yr] since the start of the horizon
  std::optional<ProviderId> provider = {};
  std::optional<EntityId> entity = {};      ///< that failed
  std::optional<WorkloadId> workload = {};  ///< nothing: several, or none in particular
  double amount = 0.0;                      ///< present value more than planned; < 0: less
  Regime regime = Regime::aligned;          ///< that the relation has come to
  double price = 0.0;       ///< [money/unit-hour] agreed; mean of a plan year; before a jump: the list price
  double plan_price = 0.0;  ///< what the plan has at that time
  double list_price = 0.0;  ///< of the day; after a jump
  bool capped = false;      ///< the price follows a falling list price down
  double hours = 0.0;       ///< [h] that an outage lasts
  double unserved_hours = 0.0;  ///< [h] of all revenue at risk
  double units = 0.0;           ///< moved or demanded; [unit-hours] bought on demand
  double plan_units = 0.0;      ///< that the plan has
  double share = 0.0;     ///< of a provider's capacity that is withheld or cut off; of the demand still there
  std::size_t count = 1;  ///< events that this one stands for
};

/// plan + sum of the amounts = total.
struct Story {
  std::uint64_t path = 0;
  double plan = 0.0;               ///< present value of the strategy's plan
  double total = 0.0;              ///< present value of what it cost
  std::vector<StoryEvent> events;  ///< in order of time
  std::vector<ProviderId> in_use;  ///< where anything ever ran
};

/// Tells paths of one strategy.
class StoryTeller {
 public:
  /// `simulation` must outlive the teller.
  StoryTeller(const Simulation& simulation, StrategyId strategy);

  /// Of a path that the strategy was played on, with its journal.
  Story tell(const World& world, const Outcome& outcome, const Journal& journal) const;

  /// Plays a path and tells it.
  Story tell(std::uint64_t path) const;

  const Outcome& plan() const { return plan_; }
  const Journal& plan_journal() const { return plan_journal_; }

 private:
  const Simulation& simulation_;
  StrategyId strategy_;
  World plan_world_;
  Outcome plan_;
  Journal plan_journal_;
};

/// The `largest` events by absolute amount, all changes of the relation with providers in use, and scarcity;
/// what is left is joined by kind into one event each, at the end. The sum stays what it is.
Story condense(const Story& story, std::size_t largest);

/// The `largest` events by absolute amount; all else is one event at the end. The sum stays what it is.
Story abridge(const Story& story, std::size_t largest);

}  // namespace hedgerow::models
