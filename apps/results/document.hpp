#pragma once
// A saved result, read back. Everything that is drawn, listed or compared is made from this document alone.

#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>

namespace hedgerow::results {

/// A file that holds no results of ours, or damaged ones; the message has the place.
class BadResults : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The results in the file at `path` (`-`: standard input; 256 MiB at most), `hedgerow-results/1`, keys in
/// the file's order. What stands at the top, and that each strategy has measures with a total cost, is
/// checked; deeper places are not. Throws BadResults, and config::UnreadableFile where the system refuses.
nlohmann::ordered_json read_document(const std::string& path);

/// The same of a text that has been read already; `name` is how messages call it.
nlohmann::ordered_json parse_document(const std::string& name, const std::string& text);

}  // namespace hedgerow::results
