#pragma once
// The JSON Schema of a config (draft 2020-12), written from the same declarations that read it, so
// that editors complete and check configs while they are typed.

#include <string>

namespace hedgerow::config {

/// The text of docs/schema/config.schema.json, line break at the end included.
///
/// A schema cannot check what needs arithmetic or the rest of the document: sums, references,
/// the currency, and the range of a number with a unit beyond its sign.
std::string config_schema();

}  // namespace hedgerow::config
