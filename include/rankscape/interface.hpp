#pragma once
// What is used through pointers to a base is neither copied nor moved; this says so once.

namespace rankscape {

class Interface {
 public:
  Interface(const Interface&) = delete;
  Interface& operator=(const Interface&) = delete;
  Interface(Interface&&) = delete;
  Interface& operator=(Interface&&) = delete;
  virtual ~Interface() = default;

 protected:
  Interface() = default;
};

}  // namespace rankscape
