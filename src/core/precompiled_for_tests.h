// core/precompiled_for_tests.h -- what nearly every test reads; compiled once, without optimisation, used by every test program.
#pragma once
#include "core/precompiled.h"
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
