#pragma once
// Two kinds of checks. Input from outside is validated always, with a message of the form
// "problem (what is allowed) suggestion". Contracts between our own functions are checked only in
// builds with HEDGEROW_CONTRACTS; a broken one is a defect of ours.

#include <source_location>
#include <stdexcept>
#include <string>

namespace hedgerow {

/// A value from outside that is not allowed.
class InvalidInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A promise between our own functions that was not kept.
class BrokenContract : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws InvalidInput with `message` unless `holds`.
inline void validate(bool holds, const char* message) {
  if (!holds) throw InvalidInput(message);
}
inline void validate(bool holds, const std::string& message) {
  if (!holds) throw InvalidInput(message);
}

namespace detail {
[[noreturn]] inline void broken_contract(const char* condition, const std::source_location& where) {
  throw BrokenContract(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": expected " +
                       condition);
}
}  // namespace detail

}  // namespace hedgerow

#if defined(HEDGEROW_CONTRACTS)
#define HEDGEROW_EXPECT(condition) \
  ((condition) ? void(0) : ::hedgerow::detail::broken_contract(#condition, std::source_location::current()))
#else
#define HEDGEROW_EXPECT(condition) void(0)
#endif
