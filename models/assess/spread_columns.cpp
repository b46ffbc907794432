#include "models/assess/spread_columns.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

#include "engine/measure/spread_values.hpp"
#include "engine/ranks/numbers.hpp"

namespace hedgerow::models {
namespace {

using measure::PairedValues;
using measure::PathValue;
using measure::SliceCounts;
using measure::SliceOutline;
using measure::SliceWindow;
using measure::SortedSlice;
using ranks::MessageReader;
using ranks::MessageWriter;

enum class Question : std::uint64_t {
  outline,
  window,
  counts,
  sums,
  costs_between,
  larger,   ///< total costs of pairs, as DescendingValues
  smaller,  ///< the same
  call,
  none
};

constexpr unsigned leader = 0;

// ---- what is carried: containers with how many elements they have ---------------------------------

/// Writes or reads parts, and those that a type's `fields` visits.
template <class Numbers>
class Carrier {
 public:
  explicit Carrier(Numbers& numbers) : passage_(numbers) {}
  template <class... Parts>
  void operator()(Parts&... parts) {
    (pass(parts), ...);
  }

 private:
  template <class Part>
  void pass(Part& part) {
    if constexpr (requires { part.size(); }) {
      std::uint64_t size = part.size();
      passage_(size);
      if constexpr (std::is_same_v<Numbers, MessageReader>) part.resize(size);
    }
    passage_(part);
  }
  Passage<Numbers> passage_;
};

template <class Answer>
void write(MessageWriter& to, const Answer& answer) {
  Carrier carrier(to);
  Answer::fields(answer, carrier);
}

template <class Answer>
void read(MessageReader& from, Answer& answer) {
  Carrier carrier(from);
  Answer::fields(answer, carrier);
}

/// What the paths in between cost, or the next values of pairs.
template <class Item>
struct List {
  std::vector<Item> items;
  template <class Self, class Visit>
  static void fields(Self& self, Visit& visit) {
    visit(self.items);
  }
};

/// Which sums: PathSums with nothing in them yet.
template <std::size_t kind = 0>
PathSums sums_of(std::size_t wanted) {
  if constexpr (kind + 1 < std::variant_size_v<PathSums>)
    if (kind != wanted) return sums_of<kind + 1>(wanted);
  return PathSums(std::in_place_index<kind>);
}

void write(MessageWriter& to, const PathSums& sums) {
  std::visit([&](const auto& of) { write(to, of); }, sums);
}
void read(MessageReader& from, PathSums& sums) {
  std::visit([&](auto& of) { read(from, of); }, sums);
}

SortedSlice slice_of(const PlayedPaths& paths, const ColumnId& id) {
  Rows<double> room;
  return SortedSlice(values_of(paths, id, room));
}

PairedValues pairs_of(const PlayedPaths& paths, StrategyId b, StrategyId a) {
  return PairedValues(paths.columns()[a.value].total_cost, paths.columns()[b.value].total_cost);
}

// ---- rank 0 ---------------------------------------------------------------------------------------

/// One question to one rank: what it is, and what it is about.
template <class... Parts>
void ask(ranks::Communicator& communicator, unsigned rank, Question question, const Parts&... parts) {
  MessageWriter to(communicator, rank);
  write_numbers(to, question, parts...);
  to.finish();
}

/// The slices of one column, this rank's own first.
class RankSlices : public measure::Slices {
 public:
  RankSlices(const PlayedPaths& paths, const ColumnId& id, ranks::Communicator& communicator)
      : communicator_(communicator), id_(id) {
    ask_others(Question::outline);  // who then sort theirs while this rank sorts its own
    ours_.emplace(slice_of(paths, id));
  }

  std::vector<SliceOutline> outlines() const override { return answers(ours_->outline()); }
  std::vector<SliceWindow> windows(double above, double up_to) const override {
    ask_others(Question::window, above, up_to);
    return answers(ours_->window(above, up_to));
  }
  std::vector<SliceCounts> counts(double x) const override {
    ask_others(Question::counts, x);
    return answers(ours_->counts(x));
  }

 private:
  template <class... Parts>
  void ask_others(Question question, const Parts&... parts) const {
    for (unsigned rank = 1; rank < communicator_.size(); ++rank)
      ask(communicator_, rank, question, id_, parts...);
  }
  template <class Answer>
  std::vector<Answer> answers(Answer ours) const {
    std::vector<Answer> all{std::move(ours)};
    for (unsigned rank = 1; rank < communicator_.size(); ++rank) {
      MessageReader from(communicator_, rank);
      read(from, all.emplace_back());
    }
    return all;
  }

  ranks::Communicator& communicator_;
  ColumnId id_;
  std::optional<SortedSlice> ours_;
};

/// Of this rank's own pairs.
class OurValues : public measure::DescendingValues {
 public:
  explicit OurValues(std::span<const PathValue> values) : values_(values) {}
  std::span<const PathValue> next() override { return std::exchange(values_, {}); }

 private:
  std::span<const PathValue> values_;
};

/// Of another rank's.
class TheirValues : public measure::DescendingValues {
 public:
  TheirValues(ranks::Communicator& communicator, unsigned rank, Question which, StrategyId b, StrategyId a)
      : communicator_(communicator), rank_(rank), which_(which), b_(b), a_(a) {}

  std::span<const PathValue> next() override {
    ask(communicator_, rank_, which_, b_, a_, read_);
    MessageReader from(communicator_, rank_);
    read(from, part_);
    read_ += part_.items.size();
    return part_.items;
  }

 private:
  ranks::Communicator& communicator_;
  unsigned rank_;
  Question which_;
  StrategyId b_, a_;
  std::uint64_t read_ = 0;
  List<PathValue> part_;
};

// ---- the others -----------------------------------------------------------------------------------

class Server {
 public:
  Server(const PlayedPaths& paths, ranks::Communicator& communicator, const std::function<void(Joint)>& join)
      : paths_(paths), communicator_(communicator), join_(join) {}

  /// False once there is nothing more.
  bool answer() {
    Question question{};
    Joint what{};
    {
      MessageReader from(communicator_, leader);
      read_numbers(from, question);
      if (question == Question::none) return false;
      if (question == Question::call)
        read_numbers(from, what);
      else
        answer(question, from);
    }
    if (question == Question::call) {
      forget();
      join_(what);
    }
    return true;
  }

 private:
  void answer(Question question, MessageReader& from) {
    MessageWriter to(communicator_, leader);
    switch (question) {
      case Question::sums:
        add_sums(from, to);
        break;
      case Question::costs_between:
        tell_costs(from, to);
        break;
      case Question::larger:
      case Question::smaller:
        tell_pairs(question, from, to);
        break;
      default:
        tell_slice(question, from, to);
    }
    to.finish();
  }

  void add_sums(MessageReader& from, MessageWriter& to) const {
    std::uint64_t kind = 0;
    read_numbers(from, kind);
    PathSums sums = sums_of(kind);
    read(from, sums);
    std::visit([&](auto& of) { of.add(paths_); }, sums);
    write(to, sums);
  }

  void tell_costs(MessageReader& from, MessageWriter& to) const {
    StrategyId strategy;
    double least = 0.0, most = 0.0;
    read_numbers(from, strategy, least, most);
    write(to, List<PathCost>{LocalColumns(paths_).between(strategy, least, most)});
  }

  void tell_pairs(Question which, MessageReader& from, MessageWriter& to) {
    constexpr std::size_t most = ranks::Communicator::largest_message / sizeof(PathValue) / 2;
    StrategyId b, a;
    std::uint64_t told = 0;
    read_numbers(from, b, a, told);
    if (!pairs_ || paired_ != std::pair(b, a)) {
      forget();
      pairs_.emplace(pairs_of(paths_, b, a));
      paired_ = {b, a};
    }
    const std::span<const PathValue> all = which == Question::larger ? pairs_->larger() : pairs_->smaller();
    const auto part = all.subspan(told, std::min(most, all.size() - told));
    write(to, List<PathValue>{{part.begin(), part.end()}});
  }

  void tell_slice(Question question, MessageReader& from, MessageWriter& to) {
    ColumnId id;
    read_numbers(from, id);
    const SortedSlice& of = slice(id);
    if (question == Question::outline) return write(to, of.outline());
    double x = 0.0, up_to = 0.0;
    read_numbers(from, x);
    if (question == Question::counts) return write(to, of.counts(x));
    read_numbers(from, up_to);
    write(to, of.window(x, up_to));
  }

  /// Sorted when first asked for; rank 0 reads one column after the other.
  const SortedSlice& slice(const ColumnId& id) {
    if (!slice_ || id != sorted_) {
      forget();
      slice_.emplace(slice_of(paths_, id));
      sorted_ = id;
    }
    return *slice_;
  }

  void forget() {
    slice_.reset();
    pairs_.reset();
  }

  const PlayedPaths& paths_;
  ranks::Communicator& communicator_;
  const std::function<void(Joint)>& join_;
  ColumnId sorted_{};
  std::optional<SortedSlice> slice_;
  std::pair<StrategyId, StrategyId> paired_;
  std::optional<PairedValues> pairs_;
};

}  // namespace

SpreadColumns::SpreadColumns(const PlayedPaths& paths, ranks::Communicator& communicator)
    : paths_(paths), ours_(paths), communicator_(communicator) {}

measure::SortedSample SpreadColumns::sample(const ColumnId& id) const {
  return measure::SortedSample(
      std::make_unique<measure::SpreadValues>(std::make_unique<RankSlices>(paths_, id, communicator_)));
}

measure::Dominances SpreadColumns::dominances(StrategyId b, StrategyId a) const {
  const PairedValues ours = pairs_of(paths_, b, a);
  const auto all = [&](Question which, std::span<const PathValue> of_ours) {
    std::vector<std::unique_ptr<measure::DescendingValues>> slices;
    slices.push_back(std::make_unique<OurValues>(of_ours));
    for (unsigned rank = 1; rank < communicator_.size(); ++rank)
      slices.push_back(std::make_unique<TheirValues>(communicator_, rank, which, b, a));
    return measure::merged(std::move(slices));
  };
  const auto larger = all(Question::larger, ours.larger()), smaller = all(Question::smaller, ours.smaller());
  return measure::dominances(paths_.paths(), *larger, *smaller);
}

std::vector<PathCost> SpreadColumns::between(StrategyId strategy, double least, double most) const {
  std::vector<PathCost> all = ours_.between(strategy, least, most);
  for (unsigned rank = 1; rank < communicator_.size(); ++rank) {
    ask(communicator_, rank, Question::costs_between, strategy, least, most);
    MessageReader from(communicator_, rank);
    List<PathCost> theirs;
    read(from, theirs);
    all.insert(all.end(), theirs.items.begin(), theirs.items.end());
  }
  return all;
}

void SpreadColumns::add_to(PathSums& sums) const {
  std::visit([&](auto& of) { of.add(paths_); }, sums);
  for (unsigned rank = 1; rank < communicator_.size(); ++rank) {
    MessageWriter to(communicator_, rank);
    const std::uint64_t kind = sums.index();
    write_numbers(to, Question::sums, kind);
    write(to, sums);
    to.finish();
    MessageReader from(communicator_, rank);
    read(from, sums);
  }
}

ranks::Communicator* SpreadColumns::call(Joint what) const {
  for (unsigned rank = 1; rank < communicator_.size(); ++rank) ask(communicator_, rank, Question::call, what);
  return &communicator_;
}

void SpreadColumns::release() {
  for (unsigned rank = 1; rank < communicator_.size(); ++rank) ask(communicator_, rank, Question::none);
}

void serve(const PlayedPaths& paths, ranks::Communicator& communicator,
           const std::function<void(Joint)>& join) {
  Server server(paths, communicator, join);
  while (server.answer()) {
  }
}

}  // namespace hedgerow::models
