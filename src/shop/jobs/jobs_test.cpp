// A job belongs to one worker at a time: whoever lost it (silent too long, clocks that differ) stops and writes nothing more.
#include "shop/jobs/jobs.h"
#include "shop/store/store.h"
#include <boost/json.hpp>
#include <filesystem>
#include <future>
#include <gtest/gtest.h>
#include <unistd.h>

namespace kindling::shop {
namespace {

class JobsTest : public testing::Test {
protected:
    JobsTest() {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        store_ = std::move(*Store::open({.address = (folder_ / "kindling.db").string(), .durability = StoreOptions::Durability::normal}));
    }
    ~JobsTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    std::string queue(Caller const& caller = {.kind = Caller::Kind::system, .id = "system"}) {
        auto tx = std::move(*store_->write(1));
        auto id = queue_job(*tx, "imports.run", json::object(), caller, 1).value();
        EXPECT_TRUE(tx->commit());
        return id;
    }
    Job job(std::string const& id) { return read_job(**store_->read(1), id).value(); }
    void change(std::string_view set, std::string const& id) {
        auto tx = std::move(*store_->write(1));
        EXPECT_EQ(tx->execute("UPDATE jobs SET " + std::string(set) + " WHERE shop_id = 1 AND job_id = ?", id).value(), 1);
        EXPECT_TRUE(tx->commit());
    }

    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("kindling-jobs-" + std::to_string(::getpid()));
    std::unique_ptr<Store> store_;
};

// Runs until it is asked to stop, telling that it began and that it was asked.
struct Endless {
    std::promise<void> begun, stopped;
    JobRunner::Run run() {
        return [this](auto, auto const&, auto, auto const&, Progress const& progress, auto) -> Result<json::value> {
            begun.set_value();
            std::mutex mutex;
            std::condition_variable_any wake;
            std::unique_lock lock(mutex);
            for (std::int64_t done = 0; !progress.stopped(); ++done) {
                progress(done, 0, "working");
                wake.wait_for(lock, progress.stop, std::chrono::milliseconds(20), [] { return false; });
            }
            stopped.set_value();
            return fail(Errc::unavailable, "cancelled", "stopped");
        };
    }
};

TEST_F(JobsTest, WhatSomebodyAskedForDoesNotStandInLineBehindTheNight) {
    Caller const night{.kind = Caller::Kind::system, .id = "nightly", .role = std::string(Caller::background)};
    auto const first = queue(night), second = queue(night);
    std::promise<void> begun, answered;
    std::atomic<int> together = 0;
    JobRunner runner(*store_, [&](auto, auto const&, auto, Caller const& caller, Progress const& progress, auto) -> Result<json::value> {
        if (!caller.in_background()) {
            answered.set_value();
            return json::value(json::object());
        }
        ++together;
        begun.set_value();
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait(lock, progress.stop, [] { return false; });
        return fail(Errc::unavailable, "cancelled", "stopped");
    });
    begun.get_future().wait();
    auto const asked = queue();
    runner.wake();
    answered.get_future().wait();
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (job(asked).state != JobState::done && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_EQ(job(asked).state, JobState::done);
    EXPECT_EQ(together, 1) << "work of the night is done one after the other";
    EXPECT_EQ((job(first).state == JobState::queued) + (job(second).state == JobState::queued), 1);
}

TEST_F(JobsTest, AJobThatAnotherWorkerTookIsLeftToIt) {
    auto const id = queue();
    Endless work;
    {
        JobRunner runner(*store_, work.run());
        work.begun.get_future().wait();
        change("worker = 'another', attempts = attempts + 1", id);
        work.stopped.get_future().wait();  // by itself: nobody cancelled, and the runner still lives
    }
    EXPECT_EQ(job(id).state, JobState::running) << "the row is the other worker's";
    EXPECT_FALSE(job(id).ended_at_ms);
}

TEST_F(JobsTest, ACancelledJobStopsAndSaysSo) {
    auto const id = queue();
    Endless work;
    JobRunner runner(*store_, work.run());
    work.begun.get_future().wait();
    change("cancel = 1", id);
    work.stopped.get_future().wait();
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (job(id).state == JobState::running && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_EQ(job(id).state, JobState::cancelled);
}

TEST_F(JobsTest, AStoppingProcessQueuesItsJobAgain) {
    auto const id = queue();
    Endless work;
    {
        JobRunner runner(*store_, work.run());
        work.begun.get_future().wait();
    }
    EXPECT_EQ(job(id).state, JobState::queued);
    EXPECT_TRUE(job(id).error.is_null()) << "being stopped is not failing";
    auto tx = std::move(*store_->read(1));
    EXPECT_EQ(tx->integer("SELECT attempts FROM jobs WHERE job_id = ?", id).value(), 0) << "being stopped is not failing";
}

TEST_F(JobsTest, AJobWhoseWorkersDieIsGivenUpAfterThreeTimes) {
    auto const id = queue();
    change("state = 'running', worker = 'dead', attempts = 3, heartbeat_at_ms = 1", id);
    JobRunner runner(*store_, [](auto, auto const&, auto, auto const&, auto const&, auto) -> Result<json::value> { return json::value(json::object()); });
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (job(id).state != JobState::failed && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_EQ(job(id).state, JobState::failed);
    EXPECT_EQ(job(id).error.at("reason").as_string(), "job_gave_up");
}

}  // namespace
}  // namespace kindling::shop
