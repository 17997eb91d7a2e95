#include "core/providers/http_response_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <limits>

namespace headgate::providers {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

namespace {

QByteArray toBytes(string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

} // namespace

class HttpResponseParser::Core final : public http::basic_parser<false>
{
public:
    Core(const Handlers &handlers, qint64 maxHeadBytes)
        : m_handlers(handlers)
    {
        eager(true);
        header_limit(quint32(maxHeadBytes));
        // Whoever takes the pieces counts them.
        body_limit(std::numeric_limits<std::uint64_t>::max());
    }

    bool isInformational() const { return is_header_done() && m_head.status < 200; }

    error_code error;

private:
    void on_request_impl(http::verb, string_view, string_view, int, error_code &) override {}
    void on_response_impl(int code, string_view, int, error_code &) override
    {
        m_head.status = code;
    }
    void on_field_impl(http::field, string_view name, string_view value, error_code &) override
    {
        m_head.headers.append({toBytes(name), toBytes(value)});
    }
    void on_header_impl(error_code &) override
    {
        if (m_head.status >= 200)
            m_handlers.head(m_head);
    }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, error_code &) override {}
    std::size_t on_body_impl(string_view body, error_code &) override
    {
        m_handlers.body(QByteArrayView(body.data(), qsizetype(body.size())));
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code &) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code &) override
    {
        m_handlers.body(QByteArrayView(body.data(), qsizetype(body.size())));
        return body.size();
    }
    void on_finish_impl(error_code &) override {}

    const Handlers &m_handlers;
    HttpHead m_head;
};

HttpResponseParser::HttpResponseParser(Handlers handlers, qint64 maxHeadBytes)
    : m_handlers(std::move(handlers))
    , m_maxHeadBytes(maxHeadBytes)
{
    restart();
}

HttpResponseParser::~HttpResponseParser() = default;

void HttpResponseParser::restart()
{
    m_core = std::make_unique<Core>(m_handlers, m_maxHeadBytes);
}

HttpResponseParser::State HttpResponseParser::feed(QByteArrayView bytes)
{
    if (m_core->error)
        return stateAfter();
    if (!m_pending.isEmpty()) {
        m_pending.append(bytes);
        bytes = m_pending;
    }
    while (!bytes.isEmpty() && !m_core->is_done()) {
        const boost::asio::const_buffer buffer(bytes.data(), size_t(bytes.size()));
        const size_t used = m_core->put(buffer, m_core->error);
        bytes = bytes.sliced(qsizetype(used));
        if (m_core->error == http::error::need_more) {
            m_core->error = {};
            break;
        }
        if (m_core->error)
            return stateAfter();
        if (m_core->is_done() && m_core->isInformational())
            restart();
    }
    m_pending = bytes.toByteArray();
    return stateAfter();
}

HttpResponseParser::State HttpResponseParser::finish()
{
    if (!m_core->error && !m_core->is_done() && m_core->got_some())
        m_core->put_eof(m_core->error);
    return stateAfter();
}

HttpResponseParser::State HttpResponseParser::stateAfter()
{
    if (m_core->error == http::error::partial_message)
        return State::NeedsMore;
    if (m_core->error == http::error::header_limit)
        return State::HeadTooLarge;
    if (m_core->error)
        return State::Malformed;
    return m_core->is_done() ? State::Done : State::NeedsMore;
}

bool HttpResponseParser::connectionIsReusable() const
{
    return m_core->is_done() && m_core->keep_alive() && m_pending.isEmpty();
}

QString HttpResponseParser::problem() const
{
    return m_core->error ? QString::fromStdString(m_core->error.message()) : QString();
}

} // namespace headgate::providers
