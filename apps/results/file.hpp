#pragma once
// Files that are whole or not there at all.

#include <stdexcept>
#include <string>
#include <string_view>

namespace hedgerow::results {

/// The operating system would not take what we wrote.
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file in the making, which stands at its path only once it is whole. Where the system can, it has no name
/// before that, so that nothing of it is left whatever ends the process. Pipes and devices are written to as
/// they are. Every member throws WriteError; the path then holds what it held before.
class FileDraft {
 public:
  explicit FileDraft(const std::string& path);
  FileDraft(const FileDraft&) = delete;
  FileDraft& operator=(const FileDraft&) = delete;
  ~FileDraft();

  void write(std::string_view bytes);
  /// Puts it in its place; an existing file is replaced. Once, after the last write.
  void commit();

 private:
  void open_beside();
  void give_name();
  void set_mode();

  std::string path_;    ///< as it was asked for, for messages
  std::string target_;  ///< where links lead to
  std::string name_;    ///< of the draft; empty: none
  bool special_;        ///< a pipe or device
  int descriptor_ = -1;
};

/// Writes a FileDraft of `text`. `-` is standard output. Throws WriteError; `path` then holds what it held
/// before.
void write_file(const std::string& path, const std::string& text);

/// Where `path` leads if it is a link, even if nothing is there yet; else `path`. It is what write_file
/// replaces, so that links survive.
std::string target_of(const std::string& path);

/// Throws WriteError unless a file could be made at `path`: to be asked before a long run.
void require_writable(const std::string& path);

}  // namespace hedgerow::results
