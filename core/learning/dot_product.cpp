#include "core/learning/dot_product.h"

#include <algorithm>
#include <cmath>

namespace headgate::learning {

void dotProducts(const DenseMatrix &rows, qsizetype first, std::span<const float> query,
                 std::span<float> products)
{
    for (size_t at = 0; at < products.size(); ++at)
        products[at] = dotProduct(rows.row(first + qsizetype(at)), query);
}

void scaleToUnit(std::span<float> row)
{
    double square = 0;
    for (const float value : row)
        square += double(value) * double(value);
    const double length = std::sqrt(square);
    const bool hasLength = std::isfinite(length) && length > 1e-30;
    for (float &value : row)
        value = hasLength ? float(double(value) / length) : 0;
}

bool hasUnitRows(const DenseMatrix &rows)
{
    for (qsizetype row = 0; row < rows.rows(); ++row) {
        const float square = dotProduct(rows.row(row), rows.row(row));
        // Written so that a square that is no number is refused, too.
        if (!(square == 0 || std::abs(square - 1) < 1e-3F))
            return false;
    }
    return true;
}

} // namespace headgate::learning
