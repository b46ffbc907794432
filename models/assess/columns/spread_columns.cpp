#include "models/assess/columns/spread_columns.hpp"

#include <algorithm>
#include <deque>
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
  pairs,    ///< makes ready for the next two; no answer
  larger,   ///< total costs of pairs, as DescendingValues
  smaller,  ///< the same
  call,
  none
};

constexpr unsigned leader = 0;

// ---- what is carried: containers with how many elements they have ---------------------------------

/// Writes or reads the parts that a type's `fields` visits. Containers in elements of a container would be
/// read as if they were empty: there must be none.
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

/// The next values of pairs.
struct PathValues {
  std::vector<PathValue> items;
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

/// The pairs of another rank.
class TheirValues : public measure::DescendingValues {
 public:
  TheirValues(ranks::Communicator& communicator, unsigned rank, Question which)
      : communicator_(communicator), rank_(rank), which_(which) {}

  std::span<const PathValue> next() override {
    ask(communicator_, rank_, which_, read_);
    MessageReader from(communicator_, rank_);
    read(from, part_);
    read_ += part_.items.size();
    return part_.items;
  }

 private:
  ranks::Communicator& communicator_;
  unsigned rank_;
  Question which_;
  std::uint64_t read_ = 0;
  PathValues part_;
};

// ---- the others -----------------------------------------------------------------------------------

class Server {
 public:
  Server(const PlayedPaths& paths, ranks::Communicator& communicator, const std::function<void(Joint)>& join)
      : paths_(paths), communicator_(communicator), join_(join) {}

  /// False once there is nothing more.
  bool answer() {
    MessageReader from(communicator_, leader);
    Question question{};
    read_numbers(from, question);
    switch (question) {
      case Question::none:
        return false;
      case Question::call:
        join(from);
        break;
      case Question::pairs:
        sort_pairs(from);
        break;
      default:
        answer(question, from);
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
      case Question::larger:
      case Question::smaller:
        tell_pairs(question, from, to);
        break;
      default:
        tell_slice(question, from, to);
    }
    to.finish();
  }

  void join(MessageReader& from) {
    Joint what{};
    read_numbers(from, what);
    forget();
    join_(what);
  }

  void sort_pairs(MessageReader& from) {
    StrategyId b, a;
    read_numbers(from, b, a);
    forget();
    pairs_.emplace(pairs_of(paths_, b, a));
  }

  void add_sums(MessageReader& from, MessageWriter& to) const {
    std::uint64_t kind = 0;
    read_numbers(from, kind);
    PathSums sums = sums_of(kind);
    read(from, sums);
    std::visit([&](auto& of) { of.add(paths_); }, sums);
    write(to, sums);
  }

  void tell_pairs(Question which, MessageReader& from, MessageWriter& to) {
    constexpr std::size_t most = ranks::Communicator::largest_message / sizeof(PathValue) / 2;
    std::uint64_t told = 0;
    read_numbers(from, told);
    const std::span<const PathValue> all = which == Question::larger ? pairs_->larger() : pairs_->smaller();
    const auto part = all.subspan(told, std::min(most, all.size() - told));
    write(to, PathValues{{part.begin(), part.end()}});
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

  /// Sorted when first asked for. Rank 0 reads one column after the other, or two that it compares.
  const SortedSlice& slice(const ColumnId& id) {
    for (const auto& [sorted, slice] : slices_)
      if (sorted == id) return slice;
    pairs_.reset();
    if (slices_.size() > 1) slices_.pop_front();
    return slices_.emplace_back(id, slice_of(paths_, id)).second;
  }

  void forget() {
    slices_.clear();
    pairs_.reset();
  }

  const PlayedPaths& paths_;
  ranks::Communicator& communicator_;
  const std::function<void(Joint)>& join_;
  std::deque<std::pair<ColumnId, SortedSlice>> slices_;
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
  for (unsigned rank = 1; rank < communicator_.size(); ++rank)
    ask(communicator_, rank, Question::pairs, b, a);
  const PairedValues ours = pairs_of(paths_, b, a);  // while they sort theirs
  const auto all = [&](Question which, std::span<const PathValue> of_ours) {
    std::vector<std::unique_ptr<measure::DescendingValues>> slices;
    slices.push_back(measure::whole(of_ours));
    for (unsigned rank = 1; rank < communicator_.size(); ++rank)
      slices.push_back(std::make_unique<TheirValues>(communicator_, rank, which));
    return measure::merged(std::move(slices));
  };
  const auto larger = all(Question::larger, ours.larger()), smaller = all(Question::smaller, ours.smaller());
  return measure::dominances(paths_.paths(), *larger, *smaller);
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
