#pragma once
// The sweep of one pool of workloads through a path, piece by piece: everything is constant between two
// breakpoints, which are where an outage, a restriction, a stage or a recovery clock begins or ends.
// sweep.cpp is the whole story; lone_outage.cpp tells it faster for an outage that meets no other.

#include <optional>

#include "models/placement/unserved.hpp"

namespace hedgerow::models {

struct UnservedDemand::Sweep {
  const UnservedDemand& model;
  const Pool& pool;
  const Circumstances& now;
  const std::vector<Downtime>& downtimes;
  const Discounting& discounting;
  Scratch& scratch;
  Ledger& ledger;
  const OutageJournal* journal;  ///< null: none is kept

  const std::vector<WorkloadId>& workloads = pool.workloads;
  const std::vector<LocationId>& locations = pool.locations;
  const Scenario& scenario = model.scenario_;
  const Strategy& strategy = model.strategy_;
  std::size_t next_span = 0;
  const Stage* last_stage = nullptr;
  bool last_scarce = false;
  std::optional<UnservedRecord> record{};  ///< only with a journal

  void run();

  const WorkloadPlan& plan(std::size_t i) const { return strategy.workloads[workloads[i]]; }
  void prepare();

  // What takes capacity, and when.
  double first_use(LocationId location) const;
  double last_use(LocationId location) const;
  bool holds(std::size_t stage, LocationId location) const;
  bool is_idle(LocationId location, double from, double to) const;
  void collect_spans();
  void add_restrictions(ProviderId provider);

  // Spans that join in time.
  std::size_t play_stretch(std::size_t first);
  void set_points(std::size_t first, std::size_t last, double end);
  bool month_matters(int month) const;
  void play_piece(std::size_t piece, std::size_t last_span);
  void set_states();
  void assess_eligible(std::size_t i, std::size_t piece);
  double recovering(std::size_t i, std::size_t piece, std::size_t j) const;
  void rescue(int month);

  // An outage that meets no other span and no change.
  bool stands_alone(std::size_t span) const;
  void play_alone(const Span& span);
  void play_alone(const Span& span, double from, double to, bool recovered);

  // What a piece costs.
  void charge(std::size_t i, const Shortage& shortage, double from, double to, int month);
  void buy(const Shortage& s, double demand, double from, double to);
};

}  // namespace hedgerow::models
