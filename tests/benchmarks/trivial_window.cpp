// Shows an empty window and, with --exit-after-first-paint, says when it was painted and ends.

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <cstring>

namespace {

class TrivialWindow final : public QWidget
{
public:
    explicit TrivialWindow(bool exitAfterPaint)
        : m_exitAfterPaint(exitAfterPaint)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (!m_exitAfterPaint)
            return;
        QTimer::singleShot(0, this, [] {
            std::puts("painted");
            std::fflush(stdout);
            QCoreApplication::exit();
        });
    }

private:
    bool m_exitAfterPaint;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const bool exitAfterPaint = argc > 1 && std::strcmp(argv[1], "--exit-after-first-paint") == 0;
    TrivialWindow window(exitAfterPaint);
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
