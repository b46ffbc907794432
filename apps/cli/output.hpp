#pragma once
// Data to standard output, quietly giving up where nobody listens any more.

#include <exception>
#include <string>

namespace hedgerow::cli {

/// The reader of our output has gone: `hedgerow … | head`.
class ClosedPipe : public std::exception {};

/// Throws ClosedPipe, or results::WriteError for any other failure.
void write_stdout(const std::string& text);

/// Whether to colour what goes to standard output: a terminal, and NO_COLOR is not set.
bool colour_stdout();

}  // namespace hedgerow::cli
