#pragma once

#include "core/common/result.h"
#include "core/policy/policy_document.h"

#include <QObject>

#include <functional>

class QWidget;

namespace headgate::workbench {

// Saves the drawing of a policy as a picture, or prints it. Dialogs do not block; the policy is
// taken as it stands when they open.
class DrawingExport final : public QObject
{
    Q_OBJECT
public:
    explicit DrawingExport(QWidget &window); // outlives the export

    void saveAsSvg(const policy::PolicyDocument &document);
    void saveAsPng(const policy::PolicyDocument &document);
    void print(const policy::PolicyDocument &document);

Q_SIGNALS:
    void done(const QString &sentence);
    void failed(const QString &sentence);

private:
    using Write = std::function<Result<>(const QString &path)>;
    void save(const policy::PolicyDocument &document, const QString &suffix, const QString &filter,
              const Write &write);

    QWidget &m_window;
};

} // namespace headgate::workbench
