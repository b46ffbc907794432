#pragma once
// The sweep of one pool of workloads through a path, piece by piece: everything is constant between two
// breakpoints, which are where an outage, a restriction, a stage or a recovery clock begins or ends.
// spans.cpp collects what takes capacity, sweep.cpp is the story, sweep_costs.cpp charges, and lookup.cpp
// looks up what sweep.cpp would work out.

#include <optional>
#include <span>

#include "models/placement/unserved.hpp"

namespace hedgerow::models {

struct UnservedDemand::Sweep {
  /// A time [from, to) [yr] in which nothing changes.
  struct Piece {
    double from, to;
    int month;
    const Stage* stage;
    bool scarce;
    bool changed;     ///< since the piece before: what is active, what is held, or the market
    double discount;  ///< present value of 1 at `from`; `unknown` until somebody needs it
    static constexpr double unknown = -1.0;
  };
  /// What a situation hangs on besides what is down.
  struct Background {
    const Stage* stage = nullptr;
    bool scarce = false;
    std::size_t turn = 0;  ///< 0: nobody withholds anything
    friend bool operator==(const Background&, const Background&) = default;
  };

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
  const bool looks_up = pool.can_look_up && !scratch.step_by_step;
  std::size_t next_span = 0;
  std::size_t stage = 0;   ///< of the piece that is played; pieces come in order of time
  double first_end = 0.0;  ///< of the spans that are active
  std::size_t turn = 0;    ///< counts beginnings and ends of restrictions
  Piece last_piece{0.0, 0.0, -1, nullptr, false, true, Piece::unknown};
  Background background{};  ///< of the situations that are known
  const Situation* situation = nullptr;
  std::optional<UnservedRecord> record{};  ///< only with a journal

  void run();

  const WorkloadPlan& plan(std::size_t i) const { return strategy.workloads[workloads[i]]; }
  void prepare();

  // What takes capacity, and when (spans.cpp).
  bool holds(std::size_t stage_index, LocationId location) const;
  double start_of(std::size_t stage_index) const;
  Use use_of(LocationId location) const;
  bool is_idle(LocationId location, double from, double to) const;
  void collect_spans();
  void add_restrictions(ProviderId provider);

  // Spans that join in time.
  std::size_t play_stretch(std::size_t first);
  void set_points(std::size_t first, std::size_t last, double end);
  bool month_matters(int month) const;
  void play_piece(std::size_t index, std::size_t last_span);
  Piece piece_at(std::size_t index, std::size_t last_span);
  static void note_discount(Piece& piece, const Span& span);
  Piece piece_of(double from, double to, bool spans_changed);
  void set_states();
  void assess_eligible(std::size_t i, std::size_t piece);
  double recovering(std::size_t i, std::size_t piece, std::size_t j) const;
  void rescue(int month);

  // The same, looked up (lookup.cpp).
  const Shortage& look_up(const Piece& piece);
  const Shortage& recovered_in_part(const Piece& piece);
  const Situation& situation_in(const Piece& piece);
  const Situation* situation_at_first(std::uint64_t down, const Span* restricted, bool scarce) const;
  // An outage that meets no other span and no change.
  bool stands_alone(std::size_t index) const;
  void play_alone(const Span& span);

  // What a piece costs (sweep_costs.cpp).
  void settle(const Piece& piece, std::span<const Shortage> shortages);
  void charge_alone(const Piece& piece, const Shortage& shortage);
  void charge(std::size_t i, const Shortage& shortage, const Piece& piece);
  void buy(const Shortage& s, double demand, const Piece& piece, double discount, const Money& flow);
};

}  // namespace hedgerow::models
