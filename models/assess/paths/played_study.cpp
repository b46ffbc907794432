#include "models/assess/paths/played_study.hpp"

#include <algorithm>
#include <iterator>

#include "models/assess/summary.hpp"

namespace hedgerow::models {

PlayedStudy::PlayedStudy(const Study& study, unsigned threads, const Shard& shard)
    : study_(study),
      scenario_(study.scenario),
      choice_(choose_sampling(scenario_, study, threads)),
      nominal_wanted_(paths_of(shard, choice_.nominal(choice_.most_paths))),
      tilted_wanted_(paths_of(shard, tilted_of(choice_.most_paths))),
      simulation_(scenario_, study.simulation.seed, choice_.design()),
      paths_(simulation_, choice_.nominal(choice_.most_paths), study.outputs, nominal_wanted_.first),
      local_(paths_) {
  validate(
      shard.count == 1 || !study.simulation.precision,
      "a run that stops by its precision has no shards (how many paths it takes is not known before) give "
      "their number");
  if (choice_.plan) tilted_.emplace(simulation_, study.outputs, tilted_wanted_.first);
}

PlayedStudy::PlayedStudy(const Study& study, const AssessOptions& options)
    : PlayedStudy(study, options.threads, Shard{}) {
  play(options);
}

void PlayedStudy::play(const AssessOptions& options) {
  const bool in_batches = study_.simulation.precision || options.affordable;
  complete_ = in_batches ? play_batches(options) : play_all(options);
  if (nominal_wanted_.first == 0 && nominal_wanted_.last > 0 && paths_.paths() == 0) throw Stopped();
}

bool PlayedStudy::play_all(const AssessOptions& options) {
  return play_up_to(nominal_wanted_.last, tilted_wanted_.last, options);
}

/// Until the precision is reached, or time is short. False after a cancellation.
bool PlayedStudy::play_batches(const AssessOptions& options) {
  const std::uint64_t most = choice_.most_paths;
  if (study_.simulation.precision)
    precision_.emplace(PrecisionResult{*study_.simulation.precision, most, {}, {}});
  const auto note = [&](std::uint64_t paths) {
    if (precision_ && (precision_->batches.empty() || precision_->batches.back() < paths))
      precision_->batches.push_back(paths);
  };
  for (std::uint64_t batch = choice_.next_batch(0);; batch = choice_.next_batch(batch)) {
    if (is_behind(batch)) {
      note(batch);
      continue;
    }
    const bool whole = play_up_to(choice_.nominal(batch), tilted_of(batch), options);
    if (paths_.paths() == 0) return false;
    note(all_paths());
    if (precision_) precision_->unmet = unmet(options.threads);
    if (!whole) return !(options.cancellation && options.cancellation->requested());
    if (batch == most || (precision_ && !is_worth_more_paths(precision_->unmet))) return true;
    if (options.affordable && !stops_anywhere() && !options.affordable(batch, choice_.next_batch(batch)))
      return true;
  }
}

/// Whether more paths than those of the batch are there, as only a run has that was not done with them.
bool PlayedStudy::is_behind(std::uint64_t batch) const {
  return all_paths() > batch && paths_.paths() >= choice_.nominal(batch) &&
         (!tilted_ || tilted_->paths() >= tilted_of(batch));
}

/// What is there already, at least. Of a mixture the nominal part first: where a cancellation cuts the tilted
/// one, what is told from the nominal part alone is whole.
bool PlayedStudy::play_up_to(std::uint64_t nominal, std::uint64_t tilted, const AssessOptions& options) {
  nominal = std::max(nominal, paths_.paths());
  tilted = tilted_ ? std::max(tilted, tilted_->paths()) : 0;
  const std::uint64_t paths = nominal - paths_.first() + (tilted_ ? tilted - tilted_->first() : 0);
  run::Cancellation stop(options.cancellation);
  const PlayOptions how{
      options.threads, &stop, [&](std::uint64_t) {
        if (options.progress) options.progress(all_paths(), paths);
        if (options.affordable && stops_anywhere() && !options.affordable(all_paths(), all_paths()))
          stop.request();
      }};
  if (!paths_.play_up_to(nominal, how)) return false;
  return !tilted_ || tilted_->play_up_to(tilted, how);
}

std::vector<PathRange> PlayedStudy::wanted() const {
  std::vector<PathRange> all;
  if (nominal_wanted_.first < nominal_wanted_.last)
    all.push_back({false, nominal_wanted_.first, nominal_wanted_.last});
  if (tilted_wanted_.first < tilted_wanted_.last)
    all.push_back({true, tilted_wanted_.first, tilted_wanted_.last});
  return all;
}

std::vector<PathRange> PlayedStudy::stretches() const {
  std::vector<PathRange> all;
  if (paths_.first() < paths_.paths()) all.push_back({false, paths_.first(), paths_.paths()});
  if (tilted_ && tilted_->first() < tilted_->paths())
    all.push_back({true, tilted_->first(), tilted_->paths()});
  return all;
}

void PlayedStudy::write(const PathRange& stretch, NumberWriter& to) const {
  if (stretch.tilted)
    tilted_->write(to);
  else
    paths_.write(to);
}

void PlayedStudy::read(const PathRange& stretch, NumberReader& from) {
  const run::Block& wanted = stretch.tilted ? tilted_wanted_ : nominal_wanted_;
  validate(!stretch.tilted || tilted_, "there are tilted paths, of a run without any");
  const std::uint64_t next = stretch.tilted ? tilted_->paths() : paths_.paths();
  validate(stretch.first == next && stretch.first < stretch.last && stretch.last <= wanted.last &&
               (stretch.last % run::block_paths == 0 || stretch.last == wanted.last),
           "paths do not go on where those before them end");
  if (stretch.tilted)
    tilted_->read(from, stretch.last);
  else
    paths_.read(from, stretch.last);
}

void PlayedStudy::reserve() {
  paths_.reserve(nominal_wanted_.last);
  if (tilted_) tilted_->reserve(tilted_wanted_.last);
}

void PlayedStudy::want_all() {
  HEDGEROW_EXPECT(nominal_wanted_.first == 0 && tilted_wanted_.first == 0);
  nominal_wanted_.last = choice_.nominal(choice_.most_paths);
  tilted_wanted_.last = tilted_of(choice_.most_paths);
}

void PlayedStudy::take_sums(const Tally& sums) {
  want_all();
  paths_.take_sums(sums, nominal_wanted_.last);
}

DrawnPaths PlayedStudy::drawn() const {
  if (!tilted_ || tilted_->paths() == 0) return {choice_.replicates, nullptr, nullptr, {}};
  return {0, &*choice_.plan, &*tilted_, paths_.weights()};
}

SamplingReport PlayedStudy::sampling() const {
  SamplingReport report = choice_.report();
  report.nominal_paths = paths_.paths();
  if (!tilted_ || tilted_->paths() == 0) return report;
  report.tilted_paths = tilted_->paths();
  const measure::WeightSummary weights = measure::summarise_weights(drawn().weights());
  report.mean_weight = weights.mean;
  report.effective_paths = weights.effective_size;
  report.largest_weight_share = weights.largest_share;
  return report;
}

/// What the paths played so far say about the precision that is asked for.
std::vector<UnmetOutput> PlayedStudy::unmet(unsigned threads) const {
  std::vector<std::vector<UnmetOutput>> by_strategy(scenario_.strategies.size());
  const DrawnPaths drawn = this->drawn();
  run::run_tasks(by_strategy.size(), threads, [&](std::size_t s) {
    const MeasureSummary total =
        summarise_total_cost(scenario_, StrategyId(s), paths_, local_, drawn, study_.outputs);
    by_strategy[s] =
        unmet_outputs(scenario_.strategies[StrategyId(s)].name, total,
                      infinite_variance(scenario_, StrategyId(s)), *study_.simulation.precision, all_paths());
  });
  std::vector<UnmetOutput> all;
  for (auto& unmet : by_strategy) std::ranges::move(unmet, std::back_inserter(all));
  return all;
}

}  // namespace hedgerow::models
