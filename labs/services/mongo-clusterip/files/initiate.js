rs.initiate({
  _id: "{{rs}}",
  members: [
    { _id: 0, host: "{{service}}:27017" },
    { _id: 1, host: "{{service}}:27017" },
    { _id: 2, host: "{{service}}:27017" }
  ]
})
