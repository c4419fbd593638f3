#include "gateway/mcp/stdio.h"
#include "core/json_text.h"
#include <boost/json.hpp>
#include <condition_variable>
#include <deque>
#include <iostream>
#include <mutex>
#include <thread>

namespace kindling::gateway {

namespace {

enum class Line { whole, too_long, end };

Line read_line(std::istream& in, std::string& line, std::size_t longest) {
    line.clear();
    bool cut = false;
    auto* buffer = in.rdbuf();
    for (;;) {
        auto const c = buffer->sbumpc();
        if (c == std::char_traits<char>::eof()) return cut ? Line::too_long : line.empty() ? Line::end : Line::whole;
        if (c == '\n') return cut ? Line::too_long : Line::whole;
        if (line.size() < longest) line += static_cast<char>(c);
        else cut = true;
    }
}

class Conversation {
public:
    Conversation(McpServer const& server, McpCaller caller, std::ostream& out, StdioOptions const& options) : server_(server), caller_(std::move(caller)), out_(out), options_(options) {
        worker_ = std::thread([this] { work(); });
    }
    ~Conversation() {
        { std::lock_guard const lock(mutex_); ended_ = true; }
        changed_.notify_all();
        worker_.join();
    }

    void receive(std::string_view line) {
        auto message = read_message(line);
        if (!message) return write(error_message(message.error().id, message.error().error));
        if (message->kind == Message::Kind::response) return;
        if (message->kind == Message::Kind::notification) {
            if (message->method == "notifications/cancelled") cancel(message->params);
            return;
        }
        std::lock_guard const lock(mutex_);
        waiting_.push_back({*std::move(message), {}});
        changed_.notify_all();
    }

    void write(json::object const& message) {
        std::lock_guard const lock(writing_);
        out_ << to_text(message) << '\n' << std::flush;
    }

private:
    struct Job {
        Message message;
        std::stop_source stop;
    };

    void cancel(json::object const& params) {
        auto const* id = params.if_contains("requestId");
        if (!id) return;  // a malformed cancellation is ignored, as the protocol asks
        std::lock_guard const lock(mutex_);
        for (auto& job : waiting_)
            if (job.message.id == *id) job.stop.request_stop();
        if (running_ && running_->message.id == *id) running_->stop.request_stop();
    }

    void work() {
        for (;;) {
            Job job;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
                if (waiting_.empty()) return;
                job = std::move(waiting_.front());
                waiting_.pop_front();
                running_ = &job;
            }
            if (!job.stop.stop_requested()) answer(job);
            std::lock_guard const lock(mutex_);
            running_ = nullptr;
        }
    }

    void answer(Job const& job) {
        auto caller = caller_;
        caller.stop = job.stop.get_token();
        caller.notify = [this, stop = job.stop.get_token()](json::object const& notification) {
            if (!stop.stop_requested()) write(notification);
        };
        auto const message = server_.answer(job.message, caller, options_.tools);
        // Whoever cancelled does not want to hear of it again.
        if (message && !job.stop.stop_requested()) write(*message);
    }

    McpServer const& server_;
    McpCaller caller_;
    std::ostream& out_;
    StdioOptions const& options_;
    std::mutex mutex_, writing_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;
    Job* running_ = nullptr;
    bool ended_ = false;
    std::thread worker_;
};

}  // namespace

void run_stdio(McpServer const& server, McpCaller caller, std::istream& in, std::ostream& out, StdioOptions const& options) {
    Conversation conversation(server, std::move(caller), out, options);
    std::string line;
    for (;;) {
        switch (read_line(in, line, options.longest_line)) {
        case Line::end: return;
        case Line::too_long: conversation.write(error_message({}, {RpcCode::invalid_request, "A message must not be longer than " + std::to_string(options.longest_line) + " bytes."})); break;
        case Line::whole:
            if (line.find_first_not_of(" \t\r") != line.npos) conversation.receive(line);
            break;
        }
    }
}

}  // namespace kindling::gateway
