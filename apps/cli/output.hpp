#pragma once
// Data to standard output, quietly giving up where nobody listens any more.

#include <cstddef>
#include <exception>
#include <string>

namespace hedgerow::cli {

/// The reader of our output has gone: `hedgerow … | head`.
class ClosedPipe : public std::exception {};

/// Throws ClosedPipe, or results::WriteError for any other failure.
void write_stdout(const std::string& text);

/// Characters to a line of standard output: of the terminal, or 120 where it goes elsewhere.
std::size_t width_of_stdout();

/// Whether to colour what goes to standard output: a terminal, and NO_COLOR is not set.
bool colour_stdout();

}  // namespace hedgerow::cli
