import Pictures
import Testing

@Suite struct FormatTests {
  @Test(arguments: [
    ("a.png", PictureFormat.png), ("dir.svg/b.PDF", .pdf), ("kernels.v2.Svg", .svg),
  ])
  func endings(fileName: String, format: PictureFormat) throws {
    #expect(try PictureFormat(fileName: fileName) == format)
  }

  @Test(arguments: ["a.jpg", "png", "a.png.txt", "", "a."])
  func otherEndingsNameTheAllowedOnes(fileName: String) {
    let error = PictureError.unknownEnding(
      fileName: fileName, allowed: [".png", ".svg", ".pdf"])
    #expect(throws: error) { try PictureFormat(fileName: fileName) }
    #expect(
      error.description
        == "'\(fileName)' ends in no known picture format; allowed: .png, .svg, .pdf")
  }

  @Test func rowsFillInReadingOrder() {
    let plot = LinePlot(series: [], xAxis: .lag, yAxis: Axis("y"))
    let panels = (0..<5).map { Panel(title: "\($0)", plot) }
    let rows = Figure.rows(heading: "probe", of: panels, columns: 2)
    #expect(rows.map { $0.panels.map { $0?.title } } == [["0", "1"], ["2", "3"], ["4"]])
    #expect(rows.map(\.heading) == ["probe", nil, nil])
  }
}
