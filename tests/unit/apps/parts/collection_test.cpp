// Parts put together, in any order and as a tree; what does not belong is refused by name.

#include "apps/parts/collection.hpp"

#include <doctest/doctest.h>

#include "tests/support/assessment_numbers.hpp"
#include "tests/unit/apps/parts/small_run.hpp"

namespace collection_test {

using namespace hedgerow;
using namespace hedgerow::parts;

namespace {

std::string refusal(const std::vector<std::string>& paths) {
  try {
    const Collection parts(paths);
    const config::LoadedConfig run = test::small_run();
    models::PlayedStudy study(run.study, 1, {});
    parts.read_into(study);
  } catch (const BadPart& bad) {
    return bad.what();
  }
  return "";
}

bool has(const std::string& text, const std::string& words) {
  CAPTURE(text);
  CHECK(text.find(words) != std::string::npos);
  return text.find(words) != std::string::npos;
}

models::Assessment merged(const config::LoadedConfig& run, const std::vector<std::string>& paths) {
  models::PlayedStudy study(run.study, 1, {});
  Collection(paths).read_into(study);
  return models::assess(study, test::one_thread());
}

/// The shards of the small run as files 1, 2, 3, 4.
std::vector<std::string> shards(const test::ScratchFolder& scratch) {
  std::vector<std::string> all;
  for (std::uint32_t i = 1; i <= 4; ++i) {
    all.push_back(scratch.file(std::to_string(i)));
    test::write_shard(all.back(), test::small_run(), {i, 4});
  }
  return all;
}

}  // namespace

TEST_CASE("in any order and as a tree they are the run; an empty shard is one") {
  const test::ScratchFolder scratch("hedgerow-collection");
  const config::LoadedConfig run = test::small_run();
  const auto files = shards(scratch);
  CHECK(PartFile(files[0]).description().stretches.empty());  // three blocks in four shards
  const models::Assessment whole = models::assess(run.study, test::one_thread());
  test::check_same_bits(merged(run, {files[3], files[1], files[0], files[2]}), whole);
  Collection({files[3], files[1]}).write(scratch.file("42"));
  Collection({files[2], scratch.file("42"), files[0]}).write(scratch.file("all"));
  test::check_same_bits(merged(run, {scratch.file("42"), files[2]}), whole);
  test::check_same_bits(merged(run, {scratch.file("all")}), whole);
  CHECK(PartFile(scratch.file("all")).description().processes == 4);
}

TEST_CASE("gaps and overlaps are named") {
  const test::ScratchFolder scratch("hedgerow-collection-gaps");
  const auto files = shards(scratch);
  has(refusal({files[1], files[3]}), "missing:\n  paths 1 024 to 2 047: shard 3/4");
  has(refusal({files[2]}), "missing:\n  paths 0 to 1 023: shard 2/4\n  paths 2 048 to 2 999: shard 4/4");
  has(refusal({files[0]}), "missing:\n  paths 0 to 2 999: shards 2 to 4 of 4");
  has(refusal({files[1], files[2], files[3], files[2]}), "both hold paths 1 024 to 2 047");
  test::write_shard(scratch.file("half"), test::small_run(), {2, 2});
  has(refusal({files[1], files[2], scratch.file("half")}), "both hold paths 1 024 to 2 047");
  const auto mixed = refusal({files[1], scratch.file("half")});
  CHECK(mixed.empty());  // cut in two ways, and nothing is missing
  has(refusal({scratch.file("half")}), "missing:\n  paths 0 to 1 023: shard 1/2");
}

TEST_CASE("parts of another run are refused, and it is said in what they differ") {
  const test::ScratchFolder scratch("hedgerow-collection-foreign");
  const auto files = shards(scratch);
  const auto refused = [&](const std::vector<config::Override>& overrides) {
    test::write_shard(scratch.file("other"), test::small_run(overrides), {2, 4});
    return refusal({files[2], scratch.file("other"), files[3]});
  };
  CHECK(refused({}).empty());
  CHECK(refused({{"simulation.seed", "7", ""}}).empty());  // which it is anyway
  has(refused({{"simulation.seed", "8", ""}}),
      "it has `simulation.seed = 8`, and that has `simulation.seed = 7`");
  has(refused({{"simulation.paths", "4000", ""}}), "simulation.paths = 4000");
  has(refused({{"providers.a.list_price", "1.5 USD/unit-hour", ""}}), "providers.a.list_price");
  has(refused({{"frailty.industry.variance", "0.25", ""}}), "frailty.industry.variance");

  config::LoadedConfig one = test::small_run();
  one.study.scenario.strategies.pop_back();
  test::write_shard(scratch.file("other"), one, {2, 4});
  has(refusal({files[2], scratch.file("other"), files[3]}), "other strategies were played");

  config::LoadedConfig longer = test::small_run();
  longer.study.simulation.paths = 4000;  // as many as fit, which is no value of the config
  test::write_shard(scratch.file("other"), longer, {2, 4});
  has(refusal({files[2], scratch.file("other"), files[3]}), "it is of a run of 4000 paths, and that of 3000");
}

TEST_CASE("parts of another program are refused") {
  const test::ScratchFolder scratch("hedgerow-collection-program");
  PartDescription part = describe(test::small_run());
  part.build.version = "0.0.1";
  write_part(scratch.file("p"), part, {});
  has(refusal({scratch.file("p")}), "was played by hedgerow 0.0.1");
}

TEST_CASE("numbers that are not those of their paths") {
  const test::ScratchFolder scratch("hedgerow-collection-numbers");
  const config::LoadedConfig run = test::small_run();
  models::PlayedStudy study(run.study, 1, {});
  study.play(test::one_thread());
  const models::PathRange all = study.stretches().front();
  PartDescription part = describe(run);
  const std::uint64_t more = 0;
  write_part(scratch.file("more"), part, {{all, [&](NumberWriter& to) {
                                             study.write(all, to);
                                             to.pass(std::span(&more, 1));
                                           }}});
  has(refusal({scratch.file("more")}), "more numbers than its paths have");
  write_part(scratch.file("fewer"), part, {{all, [&](NumberWriter& to) { to.pass(std::span(&more, 1)); }}});
  has(refusal({scratch.file("fewer")}), "fewer numbers than its paths have");
  const std::vector<double> wrong(1 << 20, 1.0);
  write_part(scratch.file("wrong"), part, {{all, [&](NumberWriter& to) { to.pass(std::span(wrong)); }}});
  CHECK_FALSE(refusal({scratch.file("wrong")}).empty());
}

TEST_CASE("a run goes on from what it saved, and from nothing else") {
  const test::ScratchFolder scratch("hedgerow-collection-continue");
  const auto files = shards(scratch);
  const config::LoadedConfig run = test::small_run();
  const auto refused = [&](const std::string& path, const config::LoadedConfig& of,
                           const models::Shard& shard) {
    models::PlayedStudy study(of.study, 1, shard);
    CHECK_THROWS_AS(continue_from(PartFile(path), describe(of), study), BadPart);
  };
  models::PlayedStudy study(run.study, 1, {});
  continue_from(PartFile(files[1]), describe(run), study);  // the first block
  CHECK(study.all_paths() == 1024);
  study.play(test::one_thread());
  test::check_same_bits(models::assess(study, test::one_thread()),
                        models::assess(run.study, test::one_thread()));
  refused(files[2], run, {});      // begins in the middle
  refused(files[3], run, {2, 2});  // begins in the middle of this shard
  refused(files[1], test::small_run({{"simulation.seed", "8", ""}}), {});
}

}  // namespace collection_test
