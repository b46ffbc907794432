#pragma once
// Whether the tables of a register fit together.

#include <string>

#include "apps/import/dora_register.hpp"

namespace hedgerow::intake {

/// Notes what a reader should doubt; the first fifty are kept.
void add_doubt(Register& about, std::string text);

/// References that lead nowhere become repairs and doubts, costs that do not add up doubts. Throws BadData
/// for the first where the repairs are strict.
void check_register(Register& about, const Package& package, Repairs& repairs);

}  // namespace hedgerow::intake
