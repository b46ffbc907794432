#include "models/assess/spread_columns.hpp"

#include <array>
#include <optional>
#include <type_traits>

#include "engine/measure/spread_values.hpp"
#include "engine/ranks/numbers.hpp"

namespace hedgerow::models {
namespace {

using measure::SliceCounts;
using measure::SliceOutline;
using measure::SliceWindow;
using measure::SortedSlice;
using ranks::MessageReader;
using ranks::MessageWriter;

enum class Question : std::uint64_t { outline, window, counts, exceedances, renewals, none };

constexpr unsigned leader = 0;

// ---- what is carried: containers with how many elements they have ---------------------------------

/// Writes or reads the parts that a type's `fields` visits.
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

using ColumnWords = std::array<std::uint64_t, 3>;

ColumnWords words_of(const ColumnId& id) {
  return {static_cast<std::uint64_t>(id.kind), id.strategy.value, id.index};
}

ColumnId read_column(MessageReader& from) {
  ColumnWords words{};
  read_numbers(from, words);
  return {static_cast<ColumnKind>(words[0]), StrategyId(words[1]), words[2]};
}

using DateWords = std::array<std::uint64_t, 4>;

DateWords words_of(const RenewalDifference& of) {
  return {of.ours.value, of.theirs.value, of.our_date, of.their_date};
}

SortedSlice slice_of(const PlayedPaths& paths, const ColumnId& id) {
  Rows<double> room;
  return SortedSlice(values_of(paths, id, room));
}

// ---- rank 0 ---------------------------------------------------------------------------------------

/// One question to one rank: what it is, and what it is about.
template <class... Parts>
void ask(ranks::Communicator& communicator, unsigned rank, Question question, const Parts&... parts) {
  MessageWriter to(communicator, rank);
  const auto word = static_cast<std::uint64_t>(question);
  write_numbers(to, word, parts...);
  to.finish();
}

/// The slices of one column, this rank's own first.
class RankSlices : public measure::Slices {
 public:
  RankSlices(const PlayedPaths& paths, const ColumnId& id, ranks::Communicator& communicator)
      : communicator_(communicator), id_(words_of(id)) {
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
  ColumnWords id_;
  std::optional<SortedSlice> ours_;
};

// ---- the others -----------------------------------------------------------------------------------

class Server {
 public:
  Server(const PlayedPaths& paths, ranks::Communicator& communicator)
      : paths_(paths), local_(paths), communicator_(communicator) {}

  /// False once there is nothing more.
  bool answer() {
    MessageReader from(communicator_, leader);
    std::uint64_t word = 0;
    read_numbers(from, word);
    const auto question = static_cast<Question>(word);
    if (question == Question::none) return false;
    MessageWriter to(communicator_, leader);
    if (question == Question::renewals)
      add_renewals(from, to);
    else if (const ColumnId id = read_column(from); question == Question::exceedances)
      add_exceedances(id, from, to);
    else
      tell(question, slice(id), from, to);
    to.finish();
    return true;
  }

 private:
  void add_renewals(MessageReader& from, MessageWriter& to) const {
    DateWords words{};
    read_numbers(from, words);
    RenewalDifference of{StrategyId(words[0]), StrategyId(words[1]), words[2], words[3]};
    read_numbers(from, of);
    local_.add(of);
    write_numbers(to, of);
  }

  void add_exceedances(const ColumnId& id, MessageReader& from, MessageWriter& to) const {
    measure::ExceedanceFrequency of;
    read_numbers(from, of);
    local_.add(id, of);
    write_numbers(to, of);
  }

  static void tell(Question question, const SortedSlice& slice, MessageReader& from, MessageWriter& to) {
    std::array<double, 2> bounds{};
    if (question == Question::outline) return write(to, slice.outline());
    if (question == Question::window) {
      read_numbers(from, bounds);
      return write(to, slice.window(bounds[0], bounds[1]));
    }
    read_numbers(from, bounds[0]);
    write(to, slice.counts(bounds[0]));
  }

  /// Sorted when first asked for; rank 0 reads one column after the other.
  const SortedSlice& slice(const ColumnId& id) {
    if (!slice_ || id != sorted_) {
      slice_.reset();
      slice_.emplace(slice_of(paths_, id));
      sorted_ = id;
    }
    return *slice_;
  }

  const PlayedPaths& paths_;
  LocalColumns local_;
  ranks::Communicator& communicator_;
  ColumnId sorted_{};
  std::optional<SortedSlice> slice_;
};

}  // namespace

SpreadColumns::SpreadColumns(const PlayedPaths& paths, ranks::Communicator& communicator)
    : paths_(paths), ours_(paths), communicator_(communicator) {}

measure::SortedSample SpreadColumns::sample(const ColumnId& id) const {
  return measure::SortedSample(
      std::make_unique<measure::SpreadValues>(std::make_unique<RankSlices>(paths_, id, communicator_)));
}

/// The sums go from rank to rank, as one process would have made them.
void SpreadColumns::add(const ColumnId& id, measure::ExceedanceFrequency& to) const {
  ours_.add(id, to);
  for (unsigned rank = 1; rank < communicator_.size(); ++rank) {
    ask(communicator_, rank, Question::exceedances, words_of(id), to);
    MessageReader from(communicator_, rank);
    read_numbers(from, to);
  }
}

void SpreadColumns::add(RenewalDifference& to) const {
  ours_.add(to);
  for (unsigned rank = 1; rank < communicator_.size(); ++rank) {
    ask(communicator_, rank, Question::renewals, words_of(to), to);
    MessageReader from(communicator_, rank);
    read_numbers(from, to);
  }
}

void SpreadColumns::release() {
  for (unsigned rank = 1; rank < communicator_.size(); ++rank) ask(communicator_, rank, Question::none);
}

void serve(const PlayedPaths& paths, ranks::Communicator& communicator) {
  Server server(paths, communicator);
  while (server.answer()) {
  }
}

}  // namespace hedgerow::models
