// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/calibration.h"

#include "core/eval/window_gold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace cw {

namespace {

constexpr int kMaxNewtonSteps = 100;
constexpr double kSmallestStep = 1e-10;
constexpr double kRidge = 1e-12; // keeps the Hessian of separable rows invertible
constexpr int kBins = 10;

double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

double f1(size_t right, size_t called, size_t present) {
    return right == 0 ? 0 : 2.0 * static_cast<double>(right) / static_cast<double>(called + present);
}

size_t countPresent(const std::vector<MarginRow>& rows) {
    return static_cast<size_t>(std::count_if(rows.begin(), rows.end(), [](const MarginRow& row) { return row.present; }));
}

bool canBeFitted(const std::vector<MarginRow>& rows) {
    const size_t present = countPresent(rows), least = static_cast<size_t>(kLeastOfEach);
    return present >= least && rows.size() - present >= least &&
           std::all_of(rows.begin(), rows.end(), [](const MarginRow& row) { return std::isfinite(row.margin); });
}

// The bias with which the rows from `first` on (by margin) are called present, and no others.
double biasBefore(const std::vector<MarginRow>& rows, size_t first) {
    const double margin = first < rows.size() ? static_cast<double>(rows[first].margin) : 0;
    if (first == 0)
        return 1 - margin;
    const double below = rows[first - 1].margin;
    return first == rows.size() ? -1 - below : -(below + margin) / 2;
}

// -log likelihood of Platt's targets under sigmoid(a * margin + c), and its derivatives.
struct Likelihood {
    double loss = 0, da = 0, dc = 0, daa = kRidge, dac = 0, dcc = kRidge;
};

class PlattFit {
public:
    explicit PlattFit(const std::vector<MarginRow>& rows) : m_rows(rows) {
        const auto present = static_cast<double>(countPresent(rows)), absent = static_cast<double>(rows.size()) - present;
        m_targetPresent = (present + 1) / (present + 2);
        m_targetAbsent = 1 / (absent + 2);
        m_baseRate = std::log((present + 1) / (absent + 1));
    }

    std::pair<double, double> run() const {
        double a = 0, c = m_baseRate;
        for (int step = 0; step < kMaxNewtonSteps; ++step) {
            const Likelihood at = evaluate(a, c);
            const double determinant = at.daa * at.dcc - at.dac * at.dac;
            const double stepA = -(at.dcc * at.da - at.dac * at.dc) / determinant;
            const double stepC = -(at.daa * at.dc - at.dac * at.da) / determinant;
            const double scale = lineSearch(a, c, stepA, stepC, at);
            a += scale * stepA;
            c += scale * stepC;
            if (scale * (std::abs(stepA) + std::abs(stepC)) < kSmallestStep)
                break;
        }
        return a > 0 ? std::pair(a, c) : std::pair(0.0, m_baseRate);
    }

private:
    Likelihood evaluate(double a, double c) const {
        Likelihood out;
        for (const MarginRow& row : m_rows) {
            const double margin = row.margin, target = row.present ? m_targetPresent : m_targetAbsent;
            const double x = a * margin + c, p = sigmoid(x), weight = p * (1 - p);
            out.loss += std::log1p(std::exp(-std::abs(x))) + std::max(x, 0.0) - target * x;
            out.da += (p - target) * margin;
            out.dc += p - target;
            out.daa += weight * margin * margin;
            out.dac += weight * margin;
            out.dcc += weight;
        }
        return out;
    }

    // Halves a step until it gains what its slope promises (Armijo); 0 where none does.
    double lineSearch(double a, double c, double stepA, double stepC, const Likelihood& at) const {
        const double slope = at.da * stepA + at.dc * stepC;
        for (double scale = 1; scale > kSmallestStep; scale /= 2)
            if (evaluate(a + scale * stepA, c + scale * stepC).loss < at.loss + 1e-4 * scale * slope)
                return scale;
        return 0;
    }

    const std::vector<MarginRow>& m_rows;
    double m_targetPresent = 1, m_targetAbsent = 0, m_baseRate = 0;
};

const GoldRow* goldFor(const std::vector<GoldRow>& gold, const ContractId& contract) {
    const auto found = std::find_if(gold.begin(), gold.end(), [&](const GoldRow& row) { return row.contract == contract; });
    return found == gold.end() ? nullptr : &*found;
}

} // namespace

double f1OfBias(const std::vector<MarginRow>& rows, double bias) {
    size_t right = 0, called = 0;
    for (const MarginRow& row : rows) {
        const bool isCalled = static_cast<double>(row.margin) + bias > 0;
        called += isCalled;
        right += isCalled && row.present;
    }
    return f1(right, called, countPresent(rows));
}

double fitBias(std::vector<MarginRow> rows) {
    if (!canBeFitted(rows))
        return 0;
    std::sort(rows.begin(), rows.end(), [](const MarginRow& a, const MarginRow& b) { return a.margin < b.margin; });
    const size_t present = countPresent(rows);
    double best = 0, bestF1 = f1OfBias(rows, 0);
    size_t right = 0;
    for (size_t first = rows.size(); first-- > 0;) { // from few calls to many: of equal distances the later, in favour of a value, stays
        right += rows[first].present;
        if (first > 0 && rows[first - 1].margin == rows[first].margin)
            continue; // nothing parts them
        const double bias = biasBefore(rows, first), score = f1(right, rows.size() - first, present);
        const bool isNearer = score == bestF1 && best != 0 && std::abs(bias) <= std::abs(best);
        if (score > bestF1 || isNearer) {
            best = bias;
            bestF1 = score;
        }
    }
    return best;
}

NullCalibration fitCalibration(const std::vector<MarginRow>& rows) {
    NullCalibration out;
    out.n = static_cast<int>(rows.size());
    if (!canBeFitted(rows))
        return out;
    out.bias = fitBias(rows);
    std::tie(out.a, out.c) = PlattFit(rows).run();
    return out;
}

double probabilityOf(float margin, const NullCalibration& calibration) {
    return sigmoid(calibration.a * static_cast<double>(margin) + calibration.c);
}

double calibrationError(const std::vector<MarginRow>& rows, const NullCalibration& calibration) {
    struct Bin {
        double probability = 0, present = 0;
    };
    std::array<Bin, kBins> bins{};
    for (const MarginRow& row : rows) {
        const double probability = probabilityOf(row.margin, calibration);
        Bin& bin = bins[static_cast<size_t>(std::min(kBins - 1, static_cast<int>(probability * kBins)))];
        bin.probability += probability;
        bin.present += row.present;
    }
    double error = 0;
    for (const Bin& bin : bins)
        error += std::abs(bin.present - bin.probability);
    return rows.empty() ? 0 : error / static_cast<double>(rows.size());
}

std::map<std::string, std::vector<MarginRow>> marginRows(const std::vector<OutputRow>& outputs, const std::vector<GoldRow>& gold,
                                                         MarginRule rule) {
    std::map<std::pair<std::string, std::string>, std::vector<float>> margins; // by clause and contract
    for (const OutputRow& output : outputs)
        for (size_t i = 0; !output.meta.again && i < output.margins.size() && i < output.meta.request.keys.size(); ++i)
            if (const std::optional<float> margin = output.margins[i])
                margins[{output.meta.request.keys[i], output.meta.contract.value}].push_back(*margin);
    std::map<std::string, std::vector<MarginRow>> rows;
    for (const auto& [place, ofWindows] : margins) {
        const GoldRow* row = goldFor(gold, ContractId(place.second));
        const auto index = row ? goldIndex(*row, place.first) : std::nullopt;
        if (index)
            rows[place.first].push_back({static_cast<float>(*contractMargin(rule, ofWindows)), row->answer.cells[*index].finding.has_value()});
    }
    return rows;
}

} // namespace cw
