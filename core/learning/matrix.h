#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace headgate::learning {

// Rows of as many numbers each, one after the other in one block.
struct DenseMatrix
{
    qsizetype columns = 0;
    std::vector<float> values; // rows x columns

    qsizetype rows() const { return columns == 0 ? 0 : qsizetype(values.size()) / columns; }
    std::span<const float> row(qsizetype row) const
    {
        return std::span(values).subspan(size_t(row * columns), size_t(columns));
    }
    std::span<float> row(qsizetype row)
    {
        return std::span(values).subspan(size_t(row * columns), size_t(columns));
    }
    bool operator==(const DenseMatrix &) const = default;
};

// One row that is mostly zeros: its other places, by rising column.
struct SparseRow
{
    std::span<const quint32> column;
    std::span<const float> value;

    size_t size() const { return column.size(); }
};

// Many of them (compressed sparse rows).
struct SparseMatrix
{
    quint32 columns = 0;
    std::vector<quint32> column;
    std::vector<float> value;
    std::vector<size_t> ends; // of each row, within the two above

    qsizetype rows() const { return qsizetype(ends.size()); }
    SparseRow row(qsizetype row) const
    {
        const size_t begin = row == 0 ? 0 : ends[size_t(row) - 1];
        const size_t count = ends[size_t(row)] - begin;
        return {std::span(column).subspan(begin, count), std::span(value).subspan(begin, count)};
    }
    // `columns` is to cover them.
    void append(SparseRow row)
    {
        column.insert(column.end(), row.column.begin(), row.column.end());
        value.insert(value.end(), row.value.begin(), row.value.end());
        ends.push_back(column.size());
    }
    bool operator==(const SparseMatrix &) const = default;
};

} // namespace headgate::learning
