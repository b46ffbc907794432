#pragma once
// Which inputs of two results differ, and how they were run.

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "apps/diff/diff.hpp"

namespace hedgerow::diff {

/// Values in force that differ in value, origin or source; how many paths and which seed are no inputs.
std::vector<InputChange> changed_inputs(const nlohmann::ordered_json& before,
                                        const nlohmann::ordered_json& after);

/// Whether the inputs are the same as far as a number that both documents have can depend on them.
bool same_inputs(const std::vector<InputChange>& changes);

/// Engine, revision, compiler, generator, seed, paths, overrides: where they differ.
std::vector<TextChange> changed_run(const nlohmann::ordered_json& before,
                                    const nlohmann::ordered_json& after);

Side side_of(const nlohmann::ordered_json& results);

/// The text at a JSON pointer; a number or yes and no in words; empty where there is nothing.
std::string text_at(const nlohmann::ordered_json& results, const char* pointer);

}  // namespace hedgerow::diff
