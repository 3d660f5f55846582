#pragma once
// One fuzz target: aborts when a property fails. Linked either with libFuzzer (clang, RANKSCAPE_FUZZ=ON) or with
// replay.cpp, which runs it on files: so every build can reproduce a finding and replay the corpus.

#include <string_view>

void fuzz(std::string_view bytes);
