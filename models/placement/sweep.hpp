#pragma once
// The sweep of one pool of workloads through a path. Everything is constant between two breakpoints, which
// are where an outage, a restriction, a stage or a recovery clock begins or ends. spans.cpp collects what
// takes capacity, sweep.cpp plays what joins in time piece by piece, and sweep_costs.cpp charges. Where
// nothing is shared, clusters.cpp plays most of it faster, lone_outages.cpp all outages that meet nothing,
// and lookup.cpp looks up what sweep.cpp would work out.

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
    std::uint64_t turned = 0;  ///< bits of the restrictions that hold
    friend bool operator==(const Background&, const Background&) = default;
  };
  /// What outages meet at a time, and until when [yr]; and what has added up meanwhile.
  struct Backdrop {
    double until = 0.0;
    std::size_t stage = 0;
    Background background{};
    const Situations* at_first = nullptr;  ///< what was worked out of it before any path; null: nothing
    std::size_t year = 0;
    int market_until = 0;  ///< month from which on the market may be another
    int month = 0;         ///< that it begins in; what is demanded stays the same
    double revenue = 0.0;  ///< at risk [money/h]
    /// What is lacked while nothing is down.
    enum class Calm { nothing, withheld, replaced } calm = Calm::nothing;
    double calm_from = 0.0;  ///< [yr] since when calm is still to be charged
    Money down;              ///< [yr] outages since then
  };

  const UnservedDemand& model;
  const Pool& pool;
  const Circumstances& now;
  const OutageWorld& outages;
  const Discounting& discounting;
  Scratch& scratch;
  Ledger& ledger;
  const OutageJournal* journal;  ///< null: none is kept

  const std::vector<WorkloadId>& workloads = pool.workloads;
  const std::vector<LocationId>& locations = pool.locations;
  const Scenario& scenario = model.scenario_;
  const Strategy& strategy = model.strategy_;
  const bool looks_up = pool.can_look_up && !scratch.step_by_step && restriction_count() <= most_restrictions;
  std::size_t next_span = 0;
  std::size_t stage = 0;   ///< of the piece that is played; pieces come in order of time
  double first_end = 0.0;  ///< of the spans that are active
  Piece last_piece{0.0, 0.0, -1, nullptr, false, true, Piece::unknown};
  Backdrop backdrop{};
  std::uint64_t used_always = 0, used_at_times = 0;  ///< bits of locations, where the sweep looks up
  double played = 0.0;                               ///< [yr] the end of the last cluster
  Background background{};                           ///< of the situations that are known
  const Situation* situation = nullptr;
  std::optional<UnservedRecord> record{};  ///< only with a journal

  void run();

  const WorkloadPlan& plan(std::size_t i) const { return strategy.workloads[workloads[i]]; }
  void prepare();

  // What takes capacity, and when (spans.cpp).
  static constexpr std::size_t most_restrictions = 64;  ///< of which every one has a bit
  std::size_t restriction_count() const;
  bool holds(std::size_t stage_index, LocationId location) const;
  double start_of(std::size_t stage_index) const;
  Use use_of(LocationId location) const;
  bool is_idle(LocationId location, double from, double to) const;
  void find_uses();
  void add_downtimes(std::size_t first, std::size_t last);
  void add_restrictions(ProviderId provider);

  // Spans that join in time.
  struct Joined {
    std::size_t last;  ///< the first span after them
    double end;        ///< of them all [yr]
  };
  Joined joined(std::size_t first) const;
  void play_stretch(double end);
  void set_points(double end);
  bool month_matters(int month) const;
  void play_piece(std::size_t index);
  Piece piece_at(std::size_t index);
  static void note_discount(Piece& piece, const Span& span);
  Piece piece_of(double from, double to, bool spans_changed);
  void set_states();
  void assess_eligible(std::size_t i, std::size_t piece);
  double recovering(std::size_t i, std::size_t piece, std::size_t j) const;
  void rescue(int month);
  void close_incidents();

  // Downtimes that touch, and the calm between them (clusters.cpp).
  void play_clusters();
  void play_calm(double to);
  void move_backdrop(double at);
  void set_backdrop(double at);
  void meet_restrictions(double at);
  bool is_withheld() const;
  void settle_backdrop(double to);
  Piece piece_before_backdrop(double from, double to) const;
  void play_cluster(const DowntimeCluster& cluster);
  bool is_one_outage(std::size_t first, std::size_t last, std::uint64_t& down) const;
  void play_crowd(std::size_t first, std::size_t last, double end);

  // Outages that meet nothing (lone_outages.cpp).
  bool play_if_lone(const DowntimeCluster& cluster);
  std::uint64_t taken_by(const DowntimeCluster& cluster) const;
  void play_outage(const Downtime& outage, std::uint64_t down);
  void lose(const Situation& here, const Downtime& outage, double change, const Money& waiting,
            const Money& recovered);
  void buy_meanwhile(const Shortage& shortage, const Piece& piece, const Money& flow);
  void write_down(const Situation& here, const Downtime& outage, double change, const Money& waiting,
                  const Money& recovered);

  // What is lacked, looked up (lookup.cpp).
  const Shortage& look_up(const Piece& piece);
  const Shortage& recovered_in_part(const Piece& piece);
  const Situation& situation_in(const Piece& piece);
  const Situations* known_at_first(const Background& here, const Span* restricted) const;
  const Situation& known_situation(const Background& here, const Situations* at_first, std::uint64_t down);

  // What a piece costs (sweep_costs.cpp).
  void settle(const Piece& piece, std::span<const Shortage> shortages);
  void charge_alone(const Piece& piece, const Shortage& shortage);
  void charge_alone(const Piece& piece, const Shortage& shortage, const Money& flow);
  void charge(std::size_t i, const Shortage& shortage, const Piece& piece);
  void charge(std::size_t i, const Shortage& shortage, const Piece& piece, const Money& flow);
  void enter(const Shortage& shortage, std::size_t year, double revenue, const Money& flow);
  void buy(const Shortage& s, double demand, const Piece& piece, const Money& flow);
};

}  // namespace hedgerow::models
